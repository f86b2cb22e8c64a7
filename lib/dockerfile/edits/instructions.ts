import { diffToEdit, type TextEdit, type TextRange } from "../../text";
import { parseDockerfile } from "../parse";
import type { Dockerfile, Instruction, Stage } from "../types";
import { insertBehind } from "./addCopy";
import { type Draft, type Refusal, refuse } from "./draft";
import { lineEnding, linesOf, removeLines, startWithComments, withLineEnding } from "./layout";
import { called } from "./names";

export const MISSING = "There is no such instruction.";

/** Takes an instruction out, comments above it left where they are. */
export function removeInstruction(
  tree: Dockerfile,
  edit: { stage: number; instruction: number },
): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  const instruction = stage?.instructions[edit.instruction];
  if (stage === undefined || instruction === undefined) return refuse(MISSING);
  if (edit.instruction === 0) {
    return refuse("FROM begins the stage; remove the stage instead.", {
      type: "removeStage",
      stage: stage.index,
    });
  }
  const left = textsOf(tree);
  left[stage.index]?.splice(edit.instruction, 1);
  return {
    edits: [removeLines(tree, linesOf(tree, instruction))],
    notes: [],
    expected: { test: (after) => compareTexts(left, after) },
    select: { stage: stage.index, instruction: edit.instruction - 1 },
  };
}

/** Writes an instruction before another of a stage, or at the end of it. */
export function insertInstruction(
  tree: Dockerfile,
  edit: { stage: number; at: number; text: string },
): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  const previous = stage?.instructions[edit.at - 1];
  if (stage === undefined || previous === undefined) return refuse("There is no such place in the stage.");
  const text = trimBreaks(edit.text);
  const written = readOne(tree, text);
  if ("reason" in written) return written;
  if (written.keyword === "FROM") return refuse("FROM begins a stage; add a stage instead.");
  const texts = textsOf(tree);
  texts[stage.index]?.splice(edit.at, 0, contentOf(written.source, written.instruction));
  const line = withLineEnding(text, lineEnding(tree, previous.range.end));
  return {
    edits: [insertBehind(tree, previous, line)],
    notes: [],
    expected: { test: (after) => compareTexts(texts, after) },
    select: { stage: stage.index, instruction: edit.at },
  };
}

/** Writes an instruction anew; of its text only the part that differs. */
export function replaceInstruction(
  tree: Dockerfile,
  edit: { stage: number; instruction: number; text: string },
): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  const instruction = stage?.instructions[edit.instruction];
  if (stage === undefined || instruction === undefined) return refuse(MISSING);
  const text = trimBreaks(edit.text);
  const written = readOne(tree, text);
  if ("reason" in written) return written;
  if ((written.keyword === "FROM") !== (edit.instruction === 0)) {
    return refuse("A stage begins with FROM, and nothing else in it is one.");
  }
  const texts = textsOf(tree);
  texts[stage.index]?.splice(edit.instruction, 1, contentOf(written.source, written.instruction));
  const { start, end } = instruction.range;
  const wish = withLineEnding(text, lineEnding(tree, end));
  const change = diffToEdit(tree.source.slice(start, end), wish);
  return {
    edits: change ? [{ start: start + change.start, end: start + change.end, text: change.text }] : [],
    notes: [],
    expected: { test: (after) => compareTexts(texts, after) },
    select: { stage: stage.index, instruction: edit.instruction },
  };
}

/** Moves an instruction, with the comments directly above it, within its stage or to another. */
export function moveInstruction(
  tree: Dockerfile,
  edit: { from: { stage: number; instruction: number }; to: { stage: number; at: number } },
): Draft | Refusal {
  const source = tree.stages[edit.from.stage];
  const instruction = source?.instructions[edit.from.instruction];
  const target = tree.stages[edit.to.stage];
  const previous = target?.instructions[edit.to.at - 1];
  if (source === undefined || instruction === undefined) return refuse(MISSING);
  if (edit.from.instruction === 0) {
    return refuse("FROM begins the stage; move the stage instead.", {
      type: "moveStage",
      stage: source.index,
      to: edit.to.stage,
    });
  }
  if (target === undefined || previous === undefined) return refuse("There is no such place in the stage.");
  const within = source.index === target.index;
  const at = within && edit.to.at > edit.from.instruction ? edit.to.at - 1 : edit.to.at;
  const texts = textsOf(tree);
  const select = { stage: target.index, instruction: at };
  const expected = { test: (after: Dockerfile) => compareTexts(texts, after) };
  if (within && at === edit.from.instruction) return { edits: [], notes: [], expected, select };
  const moved = texts[source.index]?.splice(edit.from.instruction, 1) ?? [];
  texts[target.index]?.splice(at, 0, ...moved);
  const circle = selfReference(source, target, instruction);
  if (circle !== null) return refuse(circle);
  const before = source.instructions[edit.from.instruction - 1] as Instruction;
  const range: TextRange = {
    start: startWithComments(tree, instruction, before.range.end),
    end: instruction.range.end,
  };
  const ending = lineEnding(tree, previous.range.end);
  const text = ending + withLineEnding(tree.source.slice(range.start, range.end), ending);
  const insert: TextEdit = { start: previous.range.end, end: previous.range.end, text };
  return { edits: [removeLines(tree, range), insert], notes: [], expected, select };
}

function selfReference(source: Stage, target: Stage, instruction: Instruction): string | null {
  for (const use of [...source.copies, ...source.mounts]) {
    if (use.instruction !== instruction || use.target.kind !== "stage") continue;
    if (use.target.index === target.index) return `It takes files from ${called(target)} itself.`;
    if (use.target.index > target.index) {
      return `It takes files from a stage that comes after ${called(target)} in the file.`;
    }
  }
  return null;
}

/** The one instruction that a text is, under the file's escape token. */
function readOne(
  tree: Dockerfile,
  text: string,
): { keyword: string; instruction: Instruction; source: string } | { reason: string } {
  const source = tree.escape === "`" ? `# escape=\`\n${text}` : `\n${text}`;
  const { instructions, diagnostics } = parseDockerfile(source);
  const [instruction, more] = instructions;
  if (instruction === undefined) return { reason: "There is no instruction in that text." };
  if (more !== undefined) return { reason: "That is more than one instruction." };
  const problem = diagnostics.find((each) => each.code === "ParseError" || each.code === "InstructionError");
  if (problem !== undefined && !/^(?:no build stage|dockerfile contains no stages)/.test(problem.message)) {
    return { reason: problem.message };
  }
  return { keyword: instruction.keyword, instruction, source };
}

function trimBreaks(text: string): string {
  return text.replace(/^[\r\n]+|[\r\n]+$/g, "");
}

/** What each stage consists of, as written, line endings aside. */
export function textsOf(tree: Dockerfile): string[][] {
  return tree.stages.map((stage) => stage.instructions.map((each) => contentOf(tree.source, each)));
}

function contentOf(source: string, instruction: Instruction): string {
  return source.slice(instruction.range.start, instruction.range.end).replace(/\r+\n/g, "\n");
}

export function compareTexts(expected: readonly string[][], after: Dockerfile): string | null {
  const actual = textsOf(after);
  if (actual.length !== expected.length) return "the stages would not be the same";
  for (const [index, texts] of expected.entries()) {
    if (texts.join("\0") !== actual[index]?.join("\0")) return `stage ${index} would read otherwise`;
  }
  return null;
}
