import { HASH, skipSpace } from "../characters";
import type { Dockerfile } from "../types";

/** Lines that can be folded under the first of them, 1-based, both included. */
export interface FoldingRange {
  startLine: number;
  endLine: number;
  kind: "stage" | "heredoc" | "continuation" | "comment";
}

/** Stages, heredocs, instructions over several lines and blocks of comments, by where they begin. */
export function foldingRanges(tree: Dockerfile): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const add = (startLine: number, endLine: number, kind: FoldingRange["kind"]) => {
    if (endLine > startLine) ranges.push({ startLine, endLine, kind });
  };
  for (const { instructions } of tree.stages) {
    const first = instructions[0];
    const last = instructions[instructions.length - 1];
    if (first !== undefined && last !== undefined) add(first.startLine, last.endLine, "stage");
  }
  for (const { startLine, endLine, heredocs } of tree.instructions) {
    const body = heredocs[0]?.bodyRange.start;
    const lastOfLine = body === undefined ? endLine : tree.lines.lineAt(Math.max(0, body - 1));
    add(startLine, lastOfLine, "continuation");
    for (const { bodyRange, terminatorRange } of heredocs) {
      if (terminatorRange === null) continue;
      const end = tree.lines.lineAt(terminatorRange.start);
      add(tree.lines.lineAt(Math.max(0, bodyRange.start - 1)), end, "heredoc");
    }
  }
  comments(tree, add);
  return ranges.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}

/** Comment lines between instructions. */
function comments(tree: Dockerfile, add: (start: number, end: number, kind: "comment") => void): void {
  const { lines, source, instructions } = tree;
  let line = tree.directives.length + 1;
  const upTo = (end: number) => {
    let start = 0;
    for (; line < end; line++) {
      const stop = lines.lineEnd(line);
      const first = skipSpace(source, lines.lineStart(line), stop);
      const isComment = first < stop && source.charCodeAt(first) === HASH;
      if (isComment && start === 0) start = line;
      if (isComment || start === 0) continue;
      add(start, line - 1, "comment");
      start = 0;
    }
    if (start !== 0) add(start, end - 1, "comment");
  };
  for (const { startLine, endLine } of instructions) {
    upTo(startLine);
    line = Math.max(line, endLine + 1);
  }
  upTo(lines.lineCount + 1);
}
