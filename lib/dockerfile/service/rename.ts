import { applyEdits, type TextEdit, type TextRange } from "../../text";
import { planEdit } from "../edits";
import { type EvaluateOptions, evaluate } from "../evaluate";
import { parseDockerfile } from "../parse";
import type { Dockerfile } from "../types";
import { predefinedArgs } from "../variables";
import { stageAt } from "./definition";
import { holds, referenceAt } from "./place";
import { type Variable, variableAt, variablesOf } from "./variables";

export type RenameResult = { ok: true; edits: TextEdit[] } | { ok: false; reason: string };

const OPTIONS: EvaluateOptions = {};
/** BuildKit hands these to every RUN without their being declared. */
const PROXIES = /^(?:HTTPS?|FTP|NO|ALL)_PROXY$/i;

/** The word at an offset that can be given another name, and what it is called now; or null. */
export function renameTarget(tree: Dockerfile, offset: number): { range: TextRange; name: string } | null {
  const found = variableAt(tree, offset);
  if (found !== null) return { range: found.place.range, name: found.variable.name };
  const stage = stageAt(tree, offset);
  if (stage === null || stage.name === null) return null;
  const own = stage.nameRange;
  if (own !== null && holds(own, offset)) return { range: own, name: stage.name };
  const range = referenceAt(tree, offset)?.range;
  return range === undefined ? null : { range, name: stage.name };
}

/** Gives the stage or variable at an offset another name, wherever it is meant; or says why that cannot be. */
export function planRename(tree: Dockerfile, offset: number, name: string): RenameResult {
  const found = variableAt(tree, offset);
  if (found !== null) return renameVariable(tree, found.variable, name);
  const stage = stageAt(tree, offset);
  if (stage === null) return { ok: false, reason: "Only stages and variables of this file can be renamed." };
  const result = planEdit(tree, { type: "renameStage", stage: stage.index, name });
  return result.ok ? { ok: true, edits: result.edits } : result;
}

function renameVariable(tree: Dockerfile, variable: Variable, name: string): RenameResult {
  const old = variable.name;
  if (old === name) return { ok: true, edits: [] };
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    return refuse(`"${name}" cannot name a variable: only letters, digits and "_", and no digit first.`);
  }
  for (const each of [old, name]) {
    if (predefinedArgs({}, []).has(each) || PROXIES.test(each)) {
      return refuse(`${each} has a meaning of its own for the builder.`);
    }
  }
  const hidden = variablesOf(tree).hidden.find((each) => each.name === old);
  if (hidden !== undefined) {
    return refuse(`The command in line ${hidden.instruction.startLine} sets a ${old} of its own.`);
  }
  const edits = variable.places.map(({ range }) => ({ ...range, text: name }));
  const after = parseDockerfile(applyEdits(tree.source, edits));
  // Another variable may have that name where the two never meet.
  if (bindings(after) !== bindings(tree)) {
    const taken = takenAt(tree, name);
    return refuse(
      taken === null
        ? `A command that uses ${old} sets a ${name} of its own.`
        : `Line ${taken} uses ${name} already.`,
    );
  }
  if (!sameValues(tree, after)) {
    return refuse(`Something in the file uses ${old} in a way that renaming would break.`);
  }
  return { ok: true, edits };
}

function refuse(reason: string): RenameResult {
  return { ok: false, reason };
}

/** Which words mean the same variable, and which none of the file's, whatever they are called. */
function bindings(tree: Dockerfile): string {
  const { variables, free, hidden } = variablesOf(tree);
  const words = [
    ...variables.flatMap(({ places }, group) =>
      places.map(({ range, declaration }) => ({ at: range.start, group, declaration: declaration.start })),
    ),
    ...[free, hidden].flatMap((list, kind) =>
      list.map(({ range }) => ({ at: range.start, group: -1 - kind, declaration: -1 })),
    ),
  ].sort((a, b) => a.at - b.at);
  const order = new Map(words.map(({ at }, index) => [at, index]));
  const groups = new Map<number, number>([
    [-1, -1],
    [-2, -2],
  ]);
  return words
    .map(({ group, declaration }, index) => {
      if (!groups.has(group)) groups.set(group, index);
      return `${groups.get(group)} ${order.get(declaration)}`;
    })
    .join("\n");
}

/** The line where a name is in use, as another variable or as one from outside; or null. */
function takenAt(tree: Dockerfile, name: string): number | null {
  const { variables, free } = variablesOf(tree);
  const other = variables.find((each) => each.name === name)?.places[0];
  const start = other?.range.start ?? free.find((each) => each.name === name)?.range.start;
  return start === undefined ? null : tree.lines.lineAt(start);
}

/** Everything is worth what it was. */
function sameValues(before: Dockerfile, after: Dockerfile): boolean {
  if (before.accepted && !after.accepted) return false;
  return worth(before) === worth(after);
}

function worth(tree: Dockerfile): string {
  const lines: unknown[] = tree.edges.map(({ from, to, kind }) => [from, to, kind]);
  evaluate(tree, OPTIONS, ({ node, pairs, words, unset }) => {
    lines.push([node.keyword, pairs.map(({ value }) => value), words, unset.length]);
  });
  return JSON.stringify(lines);
}
