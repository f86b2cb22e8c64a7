import type { TextEdit } from "../../text";
import type { Dockerfile, Flag, Instruction } from "../types";

/** Takes a flag out of an instruction, with its line where it has one to itself. */
export function removeFlag(tree: Dockerfile, instruction: Instruction, index: number): TextEdit {
  const { source } = tree;
  const { range } = instruction.flags[index] as Flag;
  let start = range.start;
  let end = range.end;
  while (start > 0 && isBlank(source.charAt(start - 1))) start--;
  while (end < source.length && isBlank(source.charAt(end))) end++;
  const ownsLine = start > 0 && source.charAt(start - 1) === "\n" && source.charAt(end) === tree.escape;
  if (ownsLine) {
    const lineBreak = source.indexOf("\n", end);
    if (lineBreak !== -1 && /^[ \t\r]*$/.test(source.slice(end + 1, lineBreak))) {
      return { start, end: lineBreak + 1, text: "" };
    }
  }
  return { start: range.start, end, text: "" };
}

function isBlank(char: string): boolean {
  return char === " " || char === "\t";
}
