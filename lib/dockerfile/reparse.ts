import { applyEdits, type TextEdit } from "../text";
import { LineScanner } from "./lines";
import { moveRange, type Shift, UNMOVED } from "./node";
import { parseDockerfile } from "./parse";
import { type Problem, resumeText } from "./parser";
import { Reader } from "./reader";
import type { Tree, TreeParts } from "./tree";
import type { Dockerfile } from "./types";

/**
 * The tree of the text after edits, equal to what parsing that text gives. Reads from the last instruction before the
 * edits to the first place behind them where an instruction ended before as well. Stages before are the same objects,
 * those behind only move; what references mean is found out anew only where an edit changed a global ARG, or what a
 * stage is called, built on, or takes files from.
 *
 * A text that has a line that is too long, or a directive that BuildKit does not take, is read as a whole: that can be
 * mended or made worse from anywhere. So is one in which an edit ends a heredoc that was open.
 *
 * @param edits sorted and disjoint, into the tree's source
 */
export function reparse(tree: Dockerfile, edits: readonly TextEdit[]): Dockerfile {
  if (edits.length === 0) return tree;
  const source = applyEdits(tree.source, edits);
  const local = (tree as Tree).problems.every((problem) => problem.local);
  return (local ? splice(tree as Tree, edits, source) : null) ?? parseDockerfile(source);
}

function splice(tree: Tree, edits: readonly TextEdit[], source: string): Tree | null {
  const before = new Reader(tree);
  const first = edits[0] as TextEdit;
  const last = edits[edits.length - 1] as TextEdit;
  const offset = source.length - tree.source.length;
  const firstLine = tree.lines.lineAt(first.start);
  const kept = before.countWhile((list, at) => list.endLineOf(at) < firstLine);
  const line = before.endLineOf(kept);
  const start = line === 0 ? 0 : tree.lines.lineStart(line + 1);

  /** instructions up to this one are read anew; all of them unless the place is found where the old tree goes on */
  let next = before.end;
  let stop = source.length;
  const until = (place: number) => {
    const old = place - offset;
    if (old < last.end) return false;
    const read = before.countWhile((list, at) => list.endOf(at) <= old);
    const endLine = before.endLineOf(read);
    if (endLine === 0 || endLine >= tree.lines.lineCount) return false;
    if (tree.lines.lineStart(endLine + 1) !== old) return false;
    next = read;
    stop = place;
    return true;
  };
  const fresh = resumeText(source, { offset: start, line, escape: tree.escape }, until);
  if (fresh === null || fresh.escape !== tree.escape) return null;
  const problemsBefore = tree.problems.filter(({ lines: { start } }) => start <= line);
  if (mayEndHeredoc(source, start, stop, problemsBefore)) return null;
  const lines = tree.lines.edited(edits);
  const lastLine = lines.lineAt(source.length - 1);
  const by = { offset, lines: lines.lineCount - tree.lines.lineCount };
  const lastRead = before.endLineOf(next);
  const resumed = next.group < before.end.group;
  const behind = (line: number) => resumed && line > lastRead;
  const parts: TreeParts = {
    source,
    lines,
    escape: tree.escape,
    directives: line === 0 ? fresh.directives : tree.directives,
    problems: [
      ...problemsBefore.map((each) => moveProblem(each, UNMOVED, lastLine)),
      ...fresh.problems,
      ...tree.problems
        .filter(({ lines: { start } }) => behind(start))
        .map((each) => moveProblem(each, by, lastLine)),
    ],
    emptyContinuations: [
      ...tree.emptyContinuations.filter((each) => each <= line),
      ...fresh.emptyContinuations,
      ...tree.emptyContinuations.filter(behind).map((each) => each + by.lines),
    ],
  };
  return before.spliced(kept, fresh.instructions, next, by, parts);
}

/** BuildKit reads an open heredoc to the last line of the text. */
function moveProblem(problem: Problem, by: Shift, lastLine: number): Problem {
  const { range, lines, open } = problem;
  const end = open === null ? lines.end + by.lines : lastLine;
  return { ...problem, range: moveRange(range, by), lines: { start: lines.start + by.lines, end } };
}

/** Whether one of the lines of a part of the text can end a heredoc that was open before. */
function mayEndHeredoc(source: string, from: number, to: number, problems: readonly Problem[]): boolean {
  const names = new Set(problems.map(({ open }) => open));
  names.delete(null);
  const scanner = new LineScanner(source, false);
  scanner.rewind(from);
  while (names.size > 0 && scanner.next < to && scanner.advance()) {
    const line = source.slice(scanner.start, scanner.trimmedEnd);
    if (names.has(line.replace(/^\t+/, ""))) return true;
  }
  return false;
}
