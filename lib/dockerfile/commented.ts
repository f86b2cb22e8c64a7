/** Instructions that stand in comments: found here, brought back by edits/uncomment.ts. */
import { HASH, skipSpace } from "./characters";
import { KEYWORDS } from "./keywords";
import { parseDockerfile } from "./parse";
import type { StageNode } from "./stages";
import type { Dockerfile, Stage } from "./types";

/** An instruction that stands in comments. */
export interface CommentedInstruction {
  /** it would become this instruction of its stage */
  at: number;
  /** 1-based first and last line of the comments */
  startLine: number;
  endLine: number;
  keyword: string;
  /** as on a card: flags and arguments on one line, without the keyword */
  text: string;
}

/** By what a stage holds, so that whoever asks again gets the same; lines are those of where it was last. */
const known = new WeakMap<object, { words: string; line: number; found: readonly CommentedInstruction[] }>();

/**
 * The instructions of a stage that were made comments of: lines that read as a whole instruction once their `#` is
 * taken off. A keyword counts in capitals, or as this stage writes its FROM, so that prose stays prose.
 */
export function commentedInstructions(tree: Dockerfile, index: number): readonly CommentedInstruction[] {
  const stage = tree.stages[index];
  const first = stage?.instructions[0];
  if (stage === undefined || first === undefined) return NONE;
  const end = tree.stages[index + 1]?.instructions[0]?.range.start ?? tree.source.length;
  const words = tree.source.slice(first.range.start, end);
  if (!words.includes("#")) return NONE;
  const { content } = stage as StageNode;
  const line = first.startLine;
  const before = known.get(content);
  const found =
    before?.words === words
      ? moved(before.found, line - before.line)
      : gapsOf(tree, stage).flatMap(([at, from, to]) => readGap(tree, stage, at, from, to));
  // The newest words, as those of before would keep the text of before.
  known.set(content, { words, line, found: found.length === 0 ? NONE : found });
  return found.length === 0 ? NONE : found;
}

function moved(found: readonly CommentedInstruction[], lines: number): readonly CommentedInstruction[] {
  if (lines === 0) return found;
  return found.map((each) => ({
    ...each,
    startLine: each.startLine + lines,
    endLine: each.endLine + lines,
  }));
}

const NONE: readonly CommentedInstruction[] = [];

/** Lines between and behind instructions, up to the next stage's own: before which instruction, first line, last line. */
function gapsOf(tree: Dockerfile, stage: Stage): [at: number, from: number, to: number][] {
  const gaps: [number, number, number][] = [];
  const { lines, source } = tree;
  for (const [index, instruction] of stage.instructions.entries()) {
    const next = stage.instructions[index + 1] ?? tree.stages[stage.index + 1]?.instructions[0];
    const start = instruction.range.end;
    const end = next?.range.start ?? source.length;
    const hash = end - start < 3 ? -1 : source.indexOf("#", start);
    if (hash === -1 || hash >= end) continue;
    const from = lines.lineAt(start) + 1;
    const to = next === undefined ? lines.lineCount : lines.lineAt(end) - 1;
    if (from <= to) gaps.push([index + 1, from, to]);
  }
  return gaps;
}

function readGap(
  tree: Dockerfile,
  stage: Stage,
  at: number,
  from: number,
  to: number,
): CommentedInstruction[] {
  const found: CommentedInstruction[] = [];
  const first = stage.instructions[0]!;
  const lower = /^[a-z]/.test(tree.source.slice(first.keywordRange.start, first.keywordRange.end));
  const bare = Array.from({ length: to - from + 1 }, (_, index) => bareLine(tree, from + index));
  for (let line = from; line <= to; line++) {
    const [keyword = ""] = /^[A-Za-z]+(?=\s|$)/.exec((bare[line - from] ?? "").trimStart()) ?? [];
    const written = lower ? keyword.toLowerCase() : keyword.toUpperCase();
    if (keyword !== written || keyword.toUpperCase() === "FROM") continue;
    if (!KEYWORDS.includes(keyword.toUpperCase())) continue;
    const { instructions, diagnostics } = readAlone(tree, bare.slice(line - from));
    const instruction = instructions[1];
    if (instruction === undefined) continue;
    // Whether it finds the stages it names is for the file to say, not for these lines.
    const faulty = diagnostics.some(
      ({ code, range }) =>
        (code === "ParseError" || code === "InstructionError") && range.start <= instruction.range.end,
    );
    if (faulty) continue;
    const endLine = line + instruction.endLine - instruction.startLine;
    if (instruction.args.length === 0 || endLine > to) continue;
    found.push({ at, startLine: line, endLine, keyword: instruction.keyword, text: instruction.text });
    line = endLine;
  }
  return found;
}

/** What a comment line says; of a line that is none, nothing. */
export function bareLine(tree: Dockerfile, line: number): string {
  const { start, end } = markOf(tree, line) ?? { start: 0, end: 0 };
  if (end === 0) return "";
  return (
    tree.source.slice(tree.lines.lineStart(line), start) + tree.source.slice(end, tree.lines.lineEnd(line))
  );
}

/** The `#` of a comment line and one space behind it; null where the line is none. */
export function markOf({ lines, source }: Dockerfile, line: number): { start: number; end: number } | null {
  const end = lines.lineEnd(line);
  const start = skipSpace(source, lines.lineStart(line), end);
  if (start === end || source.charCodeAt(start) !== HASH) return null;
  return { start, end: source.charAt(start + 1) === " " ? start + 2 : start + 1 };
}

/** The lines as they would read in a stage. */
export function readAlone(tree: Dockerfile, lines: readonly string[]): Dockerfile {
  const directive = tree.escape === "`" ? "# escape=`\n" : "";
  return parseDockerfile(`${directive}FROM scratch\n${lines.join("\n")}\n`);
}
