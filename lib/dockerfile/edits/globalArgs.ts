import type { TextEdit } from "../../text";
import { type GlobalArg, globalArgsOf, namesIn, takersOf } from "../globalArgs";
import type { Dockerfile, Instruction } from "../types";
import { type Draft, type Expectation, type Refusal, refuse } from "./draft";
import { blockOf, keywordLike, lineEnding, linesOf, removeLines, startWithComments } from "./layout";
import { called, capital } from "./names";
import { ANY, shapeOf } from "./shape";

const NO_SUCH = "There is no such ARG before the first FROM.";

/** Declares a variable for FROM lines, behind those that there are. */
export function addGlobalArg(
  tree: Dockerfile,
  edit: { name: string; value: string | null },
): Draft | Refusal {
  const { name } = edit;
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    return refuse(`"${name}" cannot name a variable: only letters, digits and "_", and no digit first.`);
  }
  const args = globalArgsOf(tree);
  const taken = args.find((each) => each.name === name);
  if (taken) return refuse(`Line ${taken.instruction.startLine} declares ${name} already.`);
  const value = written(edit.value);
  const last = tree.globalArgs.at(-1);
  const neighbour = last ?? tree.stages[0]?.instructions[0];
  const line = `${keywordLike(neighbour, tree, "ARG")} ${name}${value === null ? "" : `=${value}`}`;
  const expected = afterwards(tree, [...args.map(pairOf), [name, value]]);
  return { edits: [insertion(line)], notes: [], expected };

  function insertion(text: string): TextEdit {
    if (last) return at(last.range.end, lineEnding(tree, last.range.end) + text);
    const [stage] = tree.stages;
    const { source } = tree;
    if (stage) {
      const { start } = blockOf(tree, stage);
      const ending = lineEnding(tree, source.length);
      return at(start, text + ending + ending);
    }
    const ending = lineEnding(tree, source.length);
    const open = source === "" || source === "\ufeff" || source.endsWith("\n") ? "" : ending;
    return at(source.length, open + text + ending);
  }
}

/** Writes another default, or with null takes it away. */
export function setGlobalArg(tree: Dockerfile, edit: { arg: number; value: string | null }): Draft | Refusal {
  const args = globalArgsOf(tree);
  const arg = args[edit.arg];
  if (arg === undefined) return refuse(NO_SUCH);
  const value = written(edit.value);
  const word = value === null ? arg.name : `${arg.name}=${value}`;
  const same = value === arg.value;
  const pairs = args.map((each, index) => (index === edit.arg ? ([arg.name, value] as const) : pairOf(each)));
  return {
    edits: same ? [] : [{ ...arg.range, text: word }],
    notes: same ? [] : takersOf(tree, arg.name).map((taker) => `${whereOf(tree, taker)} takes its value.`),
    expected: afterwards(tree, pairs),
  };
}

/** Takes a declaration away, and its line where nothing else stands there. Whoever takes its value goes without. */
export function removeGlobalArg(tree: Dockerfile, edit: { arg: number }): Draft | Refusal {
  const args = globalArgsOf(tree);
  const arg = args[edit.arg];
  if (arg === undefined) return refuse(NO_SUCH);
  const pairs = args.filter((each) => each !== arg).map(pairOf);
  return {
    edits: [removal(tree, arg)],
    notes: takersOf(tree, arg.name).map((taker) => `${whereOf(tree, taker)} goes without its value.`),
    expected: afterwards(tree, pairs),
  };
}

function removal(tree: Dockerfile, { instruction, range, comment }: GlobalArg): TextEdit {
  if (instruction.args.length > 1) {
    // The space before it goes with it.
    const before = instruction.args.findLast((each) => each.range.end <= range.start);
    const start = before?.range.end ?? range.start;
    const next = instruction.args.find((each) => each.range.start > range.start);
    return { start, end: before ? range.end : (next?.range.start ?? range.end), text: "" };
  }
  const index = tree.globalArgs.indexOf(instruction);
  const notBefore = tree.globalArgs[index - 1]?.range.end ?? 0;
  const lines = linesOf(tree, instruction);
  const start = comment === null ? lines.start : startWithComments(tree, instruction, notBefore);
  const [stage] = tree.stages;
  if (tree.globalArgs.length === 1 && stage) {
    // What parted it from the first stage has nothing to part any more.
    const next = blockOf(tree, stage).start;
    if (/^\s*$/.test(tree.source.slice(lines.end, next))) return { start, end: next, text: "" };
  }
  return removeLines(tree, { start, end: lines.end });
}

/** Bases that name a variable may be others then; everything else is as before. */
function afterwards(tree: Dockerfile, pairs: readonly (readonly [string, string | null])[]): Expectation {
  const shape = shapeOf(tree);
  for (const stage of tree.stages) if (namesIn(stage.baseText).length > 0) shape[stage.index]!.base = ANY;
  return {
    shape,
    test(after) {
      const now = globalArgsOf(after).map(pairOf);
      if (JSON.stringify(now) !== JSON.stringify(pairs)) return "the value would not be read as it is meant";
      if (tree.graphError === null && after.graphError !== null) return after.graphError;
      return null;
    },
  };
}

const pairOf = ({ name, value }: GlobalArg) => [name, value] as const;

/** With quotes where it has white space and none of its own. */
function written(value: string | null): string | null {
  if (value === null || !/\s/.test(value) || /["'\\]/.test(value)) return value;
  return `"${value}"`;
}

function whereOf(tree: Dockerfile, { startLine, stage, keyword }: Instruction): string {
  const owner = stage === null ? undefined : tree.stages[stage];
  return owner
    ? `${keyword} on line ${startLine} (${called(owner)})`
    : capital(`${keyword} on line ${startLine}`);
}

const at = (offset: number, text: string): TextEdit => ({ start: offset, end: offset, text });
