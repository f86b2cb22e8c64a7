import { applyEdits, normaliseEdits, type TextEdit } from "../../text";
import { CR, SPACE, skipSpace, TAB } from "../characters";
import { fileConfig } from "../checks/config";
import { lineEnding, startWithComments } from "../edits/layout";
import type { InstructionNode } from "../node";
import { parseDockerfile } from "../parse";
import type { Dockerfile } from "../types";

const INDENT = "    ";

/**
 * The edits that give a file an even look, of white space only: one space between words, continuation lines indented by
 * four, nothing at the ends of lines, one blank line before a stage, no two elsewhere, one line break at the end. What
 * white space means something is left alone: heredocs, commands of a shell, JSON, quotes, directives, comments' starts.
 * None where the file does not parse, since what is a heredoc and what is not is open then.
 */
export function formatDockerfile(tree: Dockerfile): TextEdit[] {
  if (tree.error?.phase === "parse" || tree.stages.length === 0) return [];
  const edits = normaliseEdits(new Formatter(tree).edits());
  // Rules of white space have corners that no list of exceptions is sure to cover: what is not the same is not done.
  return meaning(parseDockerfile(applyEdits(tree.source, edits))) === meaning(tree) ? edits : [];
}

class Formatter {
  readonly #edits: TextEdit[] = [];
  readonly #source: string;

  constructor(readonly tree: Dockerfile) {
    this.#source = tree.source;
  }

  edits(): TextEdit[] {
    const nodes = this.tree.instructions as InstructionNode[];
    for (const node of nodes) this.#instruction(node);
    this.#between(nodes);
    return this.#edits;
  }

  #replace(start: number, end: number, text: string): void {
    if (this.#source.slice(start, end) !== text) this.#edits.push({ start, end, text });
  }

  #instruction(node: InstructionNode): void {
    const { lines } = this.tree;
    const start = lines.lineStart(node.startLine);
    const indent = this.#source.slice(start, node.range.start);
    if (/^[ \t]+$/.test(indent)) this.#replace(start, node.range.start, "");
    const joined = new Set(this.#gaps(node));
    const last = lastJoinedLine(this.tree, node);
    for (let line = node.startLine; line <= last; line++) {
      const end = this.#contentEnd(line);
      const trimmed = this.#trimmedEnd(line);
      if (trimmed < end && !this.#wouldContinue(line === last, trimmed)) this.#replace(trimmed, end, "");
      if (line === node.startLine || !joined.has(line)) continue;
      const first = skipSpace(this.#source, lines.lineStart(line), trimmed);
      if (first < trimmed) this.#replace(lines.lineStart(line), first, INDENT);
    }
  }

  /** Evens out what parts words, and gives the lines that begin with a word of their own. */
  #gaps(node: InstructionNode): number[] {
    const { lines } = this.tree;
    const begins: number[] = [];
    const words = wordsOf(node);
    for (let index = 1; index < words.length; index++) {
      const from = (words[index - 1] as { end: number }).end;
      const to = (words[index] as { start: number }).start;
      if (to <= from) continue;
      const gap = this.#source.slice(from, to);
      if (/^[ \t]+$/.test(gap)) this.#replace(from, to, " ");
      else {
        const before = /^[ \t]+(?=[\\`][ \t]*\r*\n)/.exec(gap);
        if (before !== null) this.#replace(from, from + before[0].length, " ");
        for (let line = lines.lineAt(from) + 1; line <= lines.lineAt(to); line++) begins.push(line);
      }
    }
    return begins;
  }

  /** The end of the text of a line, its line break not included. */
  #contentEnd(line: number): number {
    const { lines } = this.tree;
    let end = lines.lineEnd(line);
    while (end > lines.lineStart(line) && this.#source.charAt(end - 1) === "\r") end--;
    return end;
  }

  /** The end of what there is to see on a line. A carriage return between spaces is one of them. */
  #trimmedEnd(line: number): number {
    const start = this.tree.lines.lineStart(line);
    let end = this.#contentEnd(line);
    while (end > start && isSpaceOrReturn(this.#source.charCodeAt(end - 1))) end--;
    return end;
  }

  /** An escape token that spaces keep from being the last character must not become it. */
  #wouldContinue(isLast: boolean, end: number): boolean {
    return isLast && this.#source.charAt(end - 1) === this.tree.escape;
  }

  /** Blank lines and comments between instructions, and the end of the file. */
  #between(nodes: readonly InstructionNode[]): void {
    const { tree } = this;
    let line = tree.directives.length + 1;
    for (const node of nodes) {
      const isStage = node.keyword === "FROM" && (node.stage ?? 0) > 0;
      const own = isStage ? this.#startOfStage(node, line) : null;
      this.#gap(line, node.startLine, own);
      line = node.endLine + 1;
    }
    this.#end(line);
  }

  /** The line on which a stage begins with the comments right above it. */
  #startOfStage(node: InstructionNode, notBefore: number): number {
    const { lines } = this.tree;
    return lines.lineAt(startWithComments(this.tree, node, lines.lineStart(notBefore)));
  }

  #gap(from: number, to: number, stage: number | null): void {
    const { lines, source } = { lines: this.tree.lines, source: this.#source };
    let blank = 0;
    for (let line = from; line < to; line++) {
      if (this.#isBlank(line)) {
        blank++;
        if (blank > 1) this.#replace(lines.lineStart(line), lines.lineStart(line + 1), "");
        else this.#replace(lines.lineStart(line), this.#contentEnd(line), "");
        continue;
      }
      if (line === stage && blank === 0) this.#blankLineAt(lines.lineStart(line));
      blank = 0;
      if (skipSpace(source, lines.lineStart(line), lines.lineEnd(line)) < lines.lineEnd(line)) {
        this.#replace(this.#trimmedEnd(line), this.#contentEnd(line), "");
      }
    }
    if (stage === to && blank === 0) this.#blankLineAt(lines.lineStart(to));
  }

  #blankLineAt(offset: number): void {
    this.#edits.push({ start: offset, end: offset, text: lineEnding(this.tree, offset) });
  }

  #end(from: number): void {
    const { lines } = this.tree;
    let last = lines.lineCount;
    while (last >= from && this.#isBlank(last)) last--;
    this.#gap(from, last + 1, null);
    // A file that ends in a continuation goes on with what somebody writes next.
    if (last < from && this.#source.charAt(this.#trimmedEnd(last) - 1) === this.tree.escape) return;
    if (last === lines.lineCount) {
      const end = this.#source.length;
      const text = this.#source.charAt(end - 1) === "\r" ? "\n" : lineEnding(this.tree, end);
      this.#edits.push({ start: end, end, text });
      return;
    }
    const next = lines.lineStart(last + 1);
    if (next < this.#source.length) this.#replace(next, this.#source.length, "");
  }

  #isBlank(line: number): boolean {
    return this.#trimmedEnd(line) === this.tree.lines.lineStart(line);
  }
}

/** The last line that is joined into the instruction's own; heredocs follow behind it. */
function lastJoinedLine(tree: Dockerfile, node: InstructionNode): number {
  const body = node.heredocs[0]?.bodyRange.start;
  return body === undefined
    ? node.endLine
    : Math.max(node.startLine, tree.lines.lineAt(Math.max(0, body - 1)));
}

/** Words between which white space means nothing but that they are two; a shell's command is one of them. */
function wordsOf(node: InstructionNode): { start: number; end: number }[] {
  const words = [node.keywordRange, ...node.flags.map((flag) => flag.range)];
  if (node.trigger !== null) return [...words, ...wordsOf(node.trigger)];
  const args = node.argsRange;
  if (args.end <= args.start) return words;
  const apart = !node.json && node.shift === 0 && node.heredocs.length === 0 && !node.list.legacy;
  const split = apart && node.list.error === null && APART.has(node.keyword);
  return [...words, ...(split ? node.args.map((each) => each.range) : [args])];
}

const APART = new Set(["FROM", "ARG", "ENV", "LABEL", "COPY", "ADD", "EXPOSE", "VOLUME"]);

function isSpaceOrReturn(code: number): boolean {
  return code === SPACE || code === TAB || code === CR;
}

/** All that BuildKit makes of a file; two files with the same build the same. */
export function meaning(tree: Dockerfile): string {
  return JSON.stringify([
    tree.escape,
    tree.accepted,
    tree.error?.message,
    tree.graphError,
    fileConfig(tree.source),
    tree.directives.map(({ name, value }) => [name, value]),
    (tree.instructions as InstructionNode[]).map((node) => [
      node.name,
      node.values,
      node.rawFlags.map(({ word }) => word),
      node.json,
      node.comments,
      node.heredocs.map(({ name, content, expand, chomp }) => [name, content, expand, chomp]),
    ]),
    tree.stages.map(({ name, baseText, platform, comment }) => [name, baseText, platform, comment]),
    tree.edges.map(({ from, to, kind }) => [from, to, kind]),
    tree.emptyContinuations.length,
  ]);
}
