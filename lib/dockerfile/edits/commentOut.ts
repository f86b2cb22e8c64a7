import type { TextEdit } from "../../text";
import type { Dockerfile } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { compareTexts, MISSING, textsOf } from "./instructions";
import { indentation } from "./layout";

/** Makes comments of the lines of an instruction, heredoc bodies included. */
export function commentOut(tree: Dockerfile, edit: { stage: number; instruction: number }): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  const instruction = stage?.instructions[edit.instruction];
  if (stage === undefined || instruction === undefined) return refuse(MISSING);
  if (edit.instruction === 0) return refuse("FROM begins the stage: what follows would fall to another.");
  const { lines, source } = tree;
  const indent = indentation(tree, instruction);
  const edits: TextEdit[] = [];
  for (let line = instruction.startLine; line <= instruction.endLine; line++) {
    const start = lines.lineStart(line);
    if (start >= instruction.range.end) break;
    if (source.slice(start, lines.lineEnd(line)).trim() === "") continue;
    const at = source.startsWith(indent, start) ? start + indent.length : start;
    edits.push({ start: at, end: at, text: "# " });
  }
  const left = textsOf(tree);
  left[stage.index]?.splice(edit.instruction, 1);
  return {
    edits,
    notes: [],
    expected: { test: (after) => compareTexts(left, after) },
    select: { stage: stage.index, instruction: edit.instruction - 1 },
  };
}
