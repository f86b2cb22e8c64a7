import { DOLLAR, fold, isBlank, isSpace, skipSpace } from "./characters";
import { equalsIn, flagPart, type RawFlag } from "./flags";
import { isHeredoc } from "./heredocs";
import { readMount } from "./mounts";
import type { InstructionNode } from "./node";
import type { TokenKind } from "./types";
import type { Word } from "./words";

/** A stretch of a logical line and what it is; sorted and disjoint in a list. */
export interface Span {
  kind: TokenKind;
  start: number;
  end: number;
}

/** Whether a word of an instruction names a stage of the file. */
export type NamesStage = (node: InstructionNode, flag: number) => boolean;

/** What the parts of an instruction's logical line are. Parts that are nothing special are left out. */
export function spansOf(node: InstructionNode, namesStage: NamesStage): Span[] {
  const spans: Span[] = [];
  collect(node, 0, namesStage, spans);
  return spans;
}

function collect(node: InstructionNode, offset: number, namesStage: NamesStage, spans: Span[]): void {
  const text = node.line.text;
  const own: Span[] = [];
  const start = skipSpace(text, 0, text.length);
  own.push({ kind: "keyword", start, end: start + node.name.length });
  for (const [index, flag] of node.rawFlags.entries()) flagSpans(node, flag, index, namesStage, own);
  if (node.trigger === null) argumentSpans(node, namesStage, own);
  for (const span of own) spans.push({ kind: span.kind, start: span.start + offset, end: span.end + offset });
  // What ONBUILD holds back has a line of its own, cut out of this one.
  if (node.trigger !== null) collect(node.trigger, offset + node.argsSpan.start, namesStage, spans);
}

function flagSpans(
  node: InstructionNode,
  flag: RawFlag,
  index: number,
  namesStage: NamesStage,
  spans: Span[],
): void {
  const equals = equalsIn(flag);
  if (equals === -1) {
    spans.push({ kind: "flagName", start: flag.start, end: flag.end });
    return;
  }
  const name = flagPart(flag, 0, equals);
  const sign = flagPart(flag, equals, equals + 1);
  spans.push({ kind: "flagName", start: flag.start, end: name.end });
  spans.push({ kind: "operator", start: Math.max(sign.start, name.end), end: sign.end });
  const key = flag.word.slice(2, equals);
  const target = namesStage(node, index) ? "stageName" : "image";
  if (key === "from" && node.keyword === "COPY") {
    spans.push({ kind: target, start: sign.end, end: flag.end });
    return;
  }
  const mount = key === "mount" ? readMount(flag.word.slice(equals + 1)) : null;
  if (mount === null || "error" in mount || mount.from === null || mount.from.value === "") {
    variables(node.line.text, { kind: "flagValue", start: sign.end, end: flag.end }, spans);
    return;
  }
  const from = flagPart(flag, equals + 1 + mount.from.valueStart, equals + 1 + mount.from.valueEnd);
  variables(node.line.text, { kind: "flagValue", start: sign.end, end: from.start }, spans);
  spans.push({ kind: target, start: from.start, end: from.end });
  variables(node.line.text, { kind: "flagValue", start: from.end, end: flag.end }, spans);
}

function argumentSpans(node: InstructionNode, namesStage: NamesStage, spans: Span[]): void {
  const text = node.line.text;
  if (node.shift !== 0) return; // the words are no part of the line
  if (node.json) {
    jsonSpans(node, spans);
    return;
  }
  const { words } = node.list;
  switch (node.keyword) {
    case "FROM":
      for (const [index, word] of words.entries()) {
        if (index === 1 && fold(word.value) === "as")
          spans.push({ kind: "keyword", start: word.start, end: word.end });
        else if (index === 2) spans.push({ kind: "stageName", start: word.start, end: word.end });
        else variables(text, { ...place(word), kind: namesStage(node, -1) ? "stageName" : "image" }, spans);
      }
      return;
    case "COPY":
    case "ADD":
      for (const word of words) {
        if (isHeredoc(word.value)) spans.push({ kind: "heredocMarker", start: word.start, end: word.end });
        else variables(text, { ...place(word), kind: "path" }, spans);
      }
      return;
    case "WORKDIR":
    case "VOLUME":
      for (const word of words) variables(text, { ...place(word), kind: "path" }, spans);
      return;
    case "ENV":
    case "LABEL":
    case "ARG":
      pairSpans(node, spans);
      return;
    case "HEALTHCHECK": {
      const [type, command] = words;
      if (type !== undefined) spans.push({ kind: "keyword", start: type.start, end: type.end });
      if (command !== undefined) shellSpans(text, command.start, command.end, spans);
      return;
    }
    case "RUN":
    case "CMD":
    case "ENTRYPOINT":
    case "SHELL":
      shellSpans(text, node.argsSpan.start, node.argsSpan.end, spans);
      return;
    default:
      for (const word of words) variables(text, { ...place(word), kind: "text" }, spans);
  }
}

function place(word: Word): { start: number; end: number } {
  return { start: word.start, end: word.end };
}

function jsonSpans(node: InstructionNode, spans: Span[]): void {
  let at = node.argsSpan.start;
  for (const word of node.list.words) {
    if (node.line.text.charAt(word.start) !== '"') {
      spans.push({ kind: "keyword", start: word.start, end: word.end }); // CMD of a HEALTHCHECK
      at = word.end;
      continue;
    }
    spans.push({ kind: "operator", start: at, end: word.start });
    spans.push({ kind: "string", start: word.start, end: word.end });
    at = word.end;
  }
  spans.push({ kind: "operator", start: at, end: node.argsSpan.end });
}

function pairSpans(node: InstructionNode, spans: Span[]): void {
  const text = node.line.text;
  for (const [index, word] of node.list.words.entries()) {
    const equals = node.list.legacy ? -1 : word.value.indexOf("=");
    if (node.list.legacy && index === 1) {
      variables(text, { ...place(word), kind: "string" }, spans);
      continue;
    }
    const end = equals === -1 ? word.end : word.start + equals;
    spans.push({ kind: "variable", start: word.start, end });
    if (equals === -1) continue;
    spans.push({ kind: "operator", start: end, end: end + 1 });
    variables(text, { kind: "string", start: end + 1, end: word.end }, spans);
  }
}

/** Strings, variables and heredoc markers of a shell command; an approximation, as the shell is not ours to read. */
function shellSpans(text: string, from: number, to: number, spans: Span[]): void {
  const ends = new VariableEnds(text, to);
  let at = from;
  while (at < to) {
    const char = text.charAt(at);
    if (char === "\\") at += 2;
    else if (char === "'" || char === '"') {
      let close = at + 1;
      while (close < to && text.charAt(close) !== char)
        close += char === '"' && text.charAt(close) === "\\" ? 2 : 1;
      const end = Math.min(close + 1, to);
      if (char === '"') variables(text, { kind: "string", start: at, end }, spans);
      else spans.push({ kind: "string", start: at, end });
      at = end;
    } else if (char === "$") {
      const end = ends.after(at);
      if (end > at + 1) spans.push({ kind: "variable", start: at, end });
      at = Math.max(end, at + 1);
    } else if (char === "<" && text.charAt(at + 1) === "<" && text.charAt(at + 2) !== "<") {
      let end = at + 2;
      while (end < to && isBlank(text.charCodeAt(end))) end++;
      while (end < to && !isSpace(text.charCodeAt(end)) && !"<>|&;()".includes(text.charAt(end))) end++;
      spans.push({ kind: "heredocMarker", start: at, end });
      at = end;
    } else if (char === "<") {
      while (text.charAt(at) === "<") at++;
    } else at++;
  }
}

/** A span with the variables in it as spans of their own. */
function variables(text: string, span: Span, spans: Span[]): void {
  const ends = new VariableEnds(text, span.end);
  let done = span.start;
  const flush = (end: number) => {
    if (end > done) spans.push({ kind: span.kind, start: done, end });
  };
  for (let at = span.start; at < span.end; at++) {
    if (text.charCodeAt(at) !== DOLLAR) continue;
    const end = ends.after(at);
    if (end === at + 1) continue;
    flush(at);
    spans.push({ kind: "variable", start: at, end });
    done = end;
    at = end - 1;
  }
  flush(span.end);
}

/** Where variables of a text end. Once no `}` is to come it does not look for one again. */
class VariableEnds {
  #braces = true;

  constructor(
    readonly text: string,
    readonly limit: number,
  ) {}

  /** Behind `$name` or `${…}`; right behind the `$` where it begins no variable. */
  after(at: number): number {
    let end = at + 1;
    if (end < this.limit && this.text.charAt(end) === "{") {
      while (this.#braces && end < this.limit && this.text.charAt(end) !== "}") end++;
      if (this.#braces && end < this.limit) return end + 1;
      this.#braces = false;
      return at + 1;
    }
    while (end < this.limit && /[A-Za-z0-9_]/.test(this.text.charAt(end))) end++;
    return end;
  }
}
