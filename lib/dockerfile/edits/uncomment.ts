import type { TextEdit } from "../../text";
import { bareLine, commentedInstructions, markOf, readAlone } from "../commented";
import type { Dockerfile } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { compareTexts, textsOf } from "./instructions";

/** Makes an instruction again of the comment lines that begin at a 1-based line. */
export function uncomment(tree: Dockerfile, edit: { stage: number; line: number }): Draft | Refusal {
  const commented = commentedInstructions(tree, edit.stage).find(({ startLine }) => startLine === edit.line);
  if (commented === undefined)
    return refuse(`The comment on line ${edit.line} does not read as an instruction.`);
  const edits: TextEdit[] = [];
  const { at, startLine, endLine } = commented;
  for (let line = startLine; line <= endLine; line++) {
    const mark = markOf(tree, line);
    if (mark !== null) edits.push({ ...mark, text: "" });
  }
  const bare = Array.from({ length: endLine - startLine + 1 }, (_, index) =>
    bareLine(tree, startLine + index),
  );
  const alone = readAlone(tree, bare);
  const texts = textsOf(tree);
  texts[edit.stage]?.splice(at, 0, ...(textsOf(alone)[0] ?? []).slice(1));
  return {
    edits,
    notes: [],
    expected: { test: (after) => compareTexts(texts, after) },
    select: { stage: edit.stage, instruction: at },
  };
}
