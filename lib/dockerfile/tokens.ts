import type { TextRange } from "../text";
import { HASH, isSpace, LF } from "./characters";
import type { InstructionNode } from "./node";
import { type NamesStage, type Span, spansOf } from "./spans";
import type { StageNode } from "./stages";
import type { Dockerfile, Token, TokenKind } from "./types";

/**
 * The text as tokens: none is empty, and concatenated they are the source. With a range, those of the stages that it
 * touches, whole, and of what stands around these.
 */
export function tokenize(tree: Dockerfile, range?: TextRange): Token[] {
  const stages = tree.stages as StageNode[];
  const first = range === undefined ? 0 : stages.findIndex(({ end }) => end >= range.start);
  const behind = range === undefined ? -1 : stages.findIndex((stage) => stage.range.start > range.end);
  const from = first === -1 ? stages.length : first;
  const to = behind === -1 ? stages.length : behind;
  const writer = new TokenWriter(tree, stages[from - 1]?.end ?? 0);
  const shown = stages.slice(from, to);
  const namesStage = stageNames(shown);
  if (from === 0)
    for (const node of tree.globalArgs as InstructionNode[]) writer.instruction(node, namesStage);
  for (const { instructions } of shown) for (const node of instructions) writer.instruction(node, namesStage);
  writer.trivia(stages[to]?.range.start ?? tree.source.length);
  return writer.tokens;
}

function stageNames(stages: readonly StageNode[]): NamesStage {
  const known = new Map<object, Set<number>>();
  for (const { references } of stages) {
    for (const { target, instruction, flag } of references) {
      if (target.kind !== "stage") continue;
      const flags = known.get(instruction);
      if (flags === undefined) known.set(instruction, new Set([flag]));
      else flags.add(flag);
    }
  }
  return (node, flag) => known.get(node)?.has(flag) === true;
}

class TokenWriter {
  readonly tokens: Token[] = [];
  #at: number;
  #directive = 0;

  /** @param start where to begin: at no token's middle */
  constructor(
    readonly tree: Dockerfile,
    start: number,
  ) {
    this.#at = start;
  }

  #push(kind: TokenKind, end: number): void {
    if (end <= this.#at) return;
    const last = this.tokens[this.tokens.length - 1];
    if (last !== undefined && last.kind === kind && kind === "text") last.end = end;
    else this.tokens.push({ kind, start: this.#at, end });
    this.#at = end;
  }

  instruction(node: InstructionNode, namesStage: NamesStage): void {
    const { line } = node;
    const segments = line.segments ?? [0, line.start];
    const spans = spansOf(node, namesStage);
    let span = 0;
    for (let index = 0; index < segments.length; index += 2) {
      const from = segments[index] as number;
      const to = segments[index + 2] ?? line.text.length;
      const shift = (segments[index + 1] as number) - from;
      this.trivia(from + shift);
      for (; span < spans.length; span++) {
        const { kind, start, end } = spans[span] as Span;
        if (start >= to) break;
        this.#plain(Math.max(start, from) + shift);
        this.#push(kind, Math.min(end, to) + shift);
        if (end > to) break; // it goes on in the next segment
      }
      this.#plain(to + shift);
    }
    for (const heredoc of node.heredocs) {
      this.trivia(heredoc.bodyRange.start);
      this.#push("heredocBody", heredoc.bodyRange.end);
      if (heredoc.terminatorRange !== null) this.#push("heredocMarker", heredoc.terminatorRange.end);
    }
    // A range may begin here: no token goes on from an instruction to what stands behind it.
    this.trivia(node.range.end);
  }

  /** Text of an instruction that is nothing special. */
  #plain(end: number): void {
    const { source } = this.tree;
    while (this.#at < end) {
      const space = isSpace(source.charCodeAt(this.#at));
      let at = this.#at + 1;
      while (at < end && isSpace(source.charCodeAt(at)) === space) at++;
      this.#push(space ? "whitespace" : "text", at);
    }
  }

  /** What stands between instructions, and between the lines of one. */
  trivia(end: number): void {
    const { source, directives } = this.tree;
    while (this.#at < end) {
      const code = source.charCodeAt(this.#at);
      if (code === LF || isLineBreak(source, this.#at)) {
        this.#push("newline", Math.min(source.indexOf("\n", this.#at) + 1, end));
      } else if (isSpace(code) || (this.#at === 0 && code === 0xfeff)) {
        let at = this.#at + 1;
        while (
          at < end &&
          isSpace(source.charCodeAt(at)) &&
          source.charCodeAt(at) !== LF &&
          !isLineBreak(source, at)
        )
          at++;
        this.#push("whitespace", at);
      } else if (code === HASH) {
        const directive = directives[this.#directive];
        const isDirective = directive !== undefined && directive.range.start === this.#at;
        if (isDirective) this.#directive++;
        this.#push(isDirective ? "directive" : "comment", Math.min(contentEnd(source, this.#at), end));
      } else this.#push(source.charAt(this.#at) === this.tree.escape ? "escape" : "text", this.#at + 1);
    }
  }
}

/** A CR, or several, right before an LF. */
function isLineBreak(source: string, at: number): boolean {
  let next = at;
  while (source.charAt(next) === "\r") next++;
  return next > at && source.charCodeAt(next) === LF;
}

/** The end of a line without its line break. */
function contentEnd(source: string, at: number): number {
  let end = source.indexOf("\n", at);
  if (end === -1) end = source.length;
  while (end > at && source.charAt(end - 1) === "\r") end--;
  return end;
}
