import type { TextEdit, TextRange } from "../../text";
import { HASH, skipSpace } from "../characters";
import type { Dockerfile, Instruction, Stage } from "../types";

/** The line ending to write beside a place: that of the line before it, or of the file's first line. */
export function lineEnding(tree: Dockerfile, offset: number): string {
  const { source } = tree;
  const before = source.lastIndexOf("\n", offset - 1);
  const at = before === -1 ? source.indexOf("\n") : before;
  return at > 0 && source.charAt(at - 1) === "\r" ? "\r\n" : "\n";
}

/** What stands before an instruction on its line. */
export function indentation(tree: Dockerfile, instruction: Instruction): string {
  const start = tree.lines.lineStart(instruction.startLine);
  const text = tree.source.slice(start, instruction.range.start);
  return /^[ \t]*$/.test(text) ? text : "";
}

/** A keyword in the casing of another instruction. */
export function keywordLike(instruction: Instruction | undefined, tree: Dockerfile, keyword: string): string {
  if (instruction === undefined) return keyword;
  const written = tree.source.slice(instruction.keywordRange.start, instruction.keywordRange.end);
  return written === written.toLowerCase() ? keyword.toLowerCase() : keyword;
}

/** Whole lines of an instruction, the line break at their end not included. */
export function linesOf(tree: Dockerfile, instruction: Instruction): TextRange {
  return { start: tree.lines.lineStart(instruction.startLine), end: instruction.range.end };
}

/** The start of the comment lines directly above an instruction, or of the instruction's own line. */
export function startWithComments(tree: Dockerfile, instruction: Instruction, notBefore: number): number {
  let line = instruction.startLine;
  const { lines, source } = tree;
  const directives = tree.directives.length;
  while (line - 1 > directives && lines.lineStart(line - 1) >= notBefore) {
    const end = lines.lineEnd(line - 1);
    const first = skipSpace(source, lines.lineStart(line - 1), end);
    if (first === end || source.charCodeAt(first) !== HASH) break;
    line--;
  }
  // A byte order mark belongs to the file.
  const start = lines.lineStart(line);
  return start === 0 && source.charCodeAt(0) === 0xfeff ? 1 : start;
}

/** The lines of a stage with the comments directly above it, up to its last instruction or comment. */
export interface StageBlock {
  start: number;
  /** end of the last line that is not blank, its line break not included */
  end: number;
  /** start of what comes next: the next block, or the end of the text */
  next: number;
}

export function blockOf(tree: Dockerfile, stage: Stage): StageBlock {
  const before = tree.stages[stage.index - 1];
  const notBefore = before?.range.end ?? tree.globalArgs[tree.globalArgs.length - 1]?.range.end ?? 0;
  const start = startWithComments(tree, stage.instructions[0] as Instruction, notBefore);
  const following = tree.stages[stage.index + 1];
  const next =
    following === undefined
      ? tree.source.length
      : startWithComments(tree, following.instructions[0] as Instruction, stage.range.end);
  let end = next;
  while (end > stage.range.end && isLineSpace(tree.source.charCodeAt(end - 1))) end--;
  return { start, end, next };
}

function isLineSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

/** What parts stages from each other in this file: line breaks, at least one. */
export function stageGap(tree: Dockerfile, near: number): string {
  const ending = lineEnding(tree, tree.source.length);
  for (const index of [near, near - 1, 0]) {
    const stage = tree.stages[index];
    if (stage === undefined || index + 1 >= tree.stages.length) continue;
    const block = blockOf(tree, stage);
    const breaks = tree.source.slice(block.end, block.next).split("\n").length - 1;
    if (breaks > 0) return ending.repeat(breaks);
  }
  return ending + ending;
}

/** An edit that takes whole lines out of the text, with the line break that makes them lines. */
export function removeLines(tree: Dockerfile, range: TextRange): TextEdit {
  const { source } = tree;
  const lineBreak = source.indexOf("\n", range.end);
  if (lineBreak !== -1) return { start: range.start, end: lineBreak + 1, text: "" };
  // the last line of a text without a line break at its end: the break before it goes
  let start = range.start;
  if (start > 0 && source.charAt(start - 1) === "\n") start -= source.charAt(start - 2) === "\r" ? 2 : 1;
  return { start, end: source.length, text: "" };
}

/** Takes several stretches of whole lines out of the text; stretches that follow each other go as one. */
export function removeAllLines(tree: Dockerfile, ranges: readonly TextRange[]): TextEdit[] {
  const { source } = tree;
  const merged: TextRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged[merged.length - 1];
    if (last !== undefined && /^\r*\n$/.test(source.slice(last.end, range.start))) last.end = range.end;
    else merged.push({ ...range });
  }
  return merged.map((range) => removeLines(tree, range));
}

/** Text with every line break as the file has them. */
export function withLineEnding(text: string, ending: string): string {
  return text.replace(/\r*\n/g, ending);
}
