import type { TextRange } from "../text";
import { readArguments } from "./arguments";
import { HASH, isBlank, SPACE, skipSpace, TAB, toUpper, trimSpace, trimSpaceEnd } from "./characters";
import { DirectiveReader } from "./directives";
import { scanFlags } from "./flags";
import { type HeredocMark, heredocsOfLine } from "./heredocs";
import { findKeyword } from "./keywords";
import { joinedLine, LineScanner, LogicalLine, MAX_LINE_BYTES } from "./lines";
import type { InstructionContent } from "./node";
import type { Directive, Heredoc } from "./types";

/** Something the parser cannot take. BuildKit stops at the first. */
export interface Problem {
  message: string;
  range: TextRange;
  /** as BuildKit counts them: 0 for the first line of the file in some places */
  lines: { start: number; end: number };
  /** it is about one instruction, and no other text could mend it but what ends its open heredoc */
  local: boolean;
  /** the name of the heredoc that nothing ends */
  open: string | null;
}

export interface ParsedText {
  escape: "\\" | "`";
  directives: Directive[];
  instructions: InstructionContent[];
  problems: Problem[];
  /** 1-based last lines of instructions with a blank line inside a continuation */
  emptyContinuations: number[];
}

/**
 * Text to instructions, after BuildKit's parser/parser.go. Where BuildKit stops at the first problem this goes on: the
 * first problem is BuildKit's, the others are ours.
 */
export function parseText(source: string): ParsedText {
  const parser = new Parser(source, true);
  const strict = parser.parse();
  if (!parser.scanner.tooLong) return strict;
  // BuildKit reads nothing behind a line that is too long. What it says stands; what there is to see, we show.
  return { ...new Parser(source, false).parse(), problems: strict.problems };
}

/** Where reading may be taken up again: at a line right behind an instruction, or at the start of the text. */
export interface Resumption {
  offset: number;
  /** lines before it */
  line: number;
  escape: "\\" | "`";
}

/**
 * Reads from a place on, until `until` says of a place right behind an instruction that what follows is known. Null
 * where something is wrong that can depend on the whole text.
 */
export function resumeText(
  source: string,
  from: Resumption,
  until: (offset: number) => boolean,
): ParsedText | null {
  const parser = new Parser(source, true, from);
  const parsed = parser.parse(until);
  return parsed.problems.every(({ local }) => local) && !parser.scanner.tooLong ? parsed : null;
}

/** Where a line of some words begins for the last time; and one of them behind tabs. */
interface LastLines {
  exact: Map<string, number>;
  chomped: Map<string, number>;
}

const NO_COMMENTS: readonly string[] = [];
const NO_HEREDOCS: Heredoc[] = [];
const MAX_TRIGGER_DEPTH = 50;

class Parser {
  readonly scanner: LineScanner;
  readonly #source: string;
  readonly #directiveReader = new DirectiveReader();
  readonly #directives: Directive[] = [];
  readonly #instructions: InstructionContent[] = [];
  readonly #problems: Problem[] = [];
  readonly #emptyContinuations: number[] = [];
  #escape = 0x5c;
  #depth = 0;
  #comments: string[] | null = null;
  /** lines read so far */
  #line = 0;
  /** the number of the last line, once a heredoc was read to the end of the text and found open */
  #lastLine: number | null = null;
  #lastLines: LastLines | null = null;

  readonly #resumed: boolean;

  constructor(source: string, limited: boolean, from?: Resumption) {
    this.#source = source;
    this.scanner = new LineScanner(source, limited);
    this.#resumed = from !== undefined;
    if (from === undefined || from.offset === 0) return;
    this.scanner.rewind(from.offset);
    this.#line = from.line;
    this.#escape = from.escape.charCodeAt(0);
    this.#directiveReader.done = true;
  }

  parse(until?: (offset: number) => boolean): ParsedText {
    const scanner = this.scanner;
    const source = this.#source;
    while (scanner.advance()) {
      let start = scanner.start;
      if (this.#line === 0 && source.charCodeAt(start) === 0xfeff) start++;
      const first = skipSpace(source, start, scanner.trimmedEnd);
      const comment = first < scanner.trimmedEnd && source.charCodeAt(first) === HASH;
      if (comment) this.#comment(start);
      if (!this.#directiveReader.done) this.#directive(first);
      this.#line++;
      if (comment || first === scanner.trimmedEnd) continue;
      this.#instruction(first);
      if (until?.(scanner.next) === true) break;
    }
    if (this.#instructions.length === 0 && !this.#resumed) {
      this.#problem("file with no instructions", { start: 0, end: source.length }, this.#line, 0);
    } else if (scanner.tooLong) {
      const message = `dockerfile line greater than max allowed size of ${MAX_LINE_BYTES}`;
      this.#problem(
        message,
        { start: scanner.next, end: Math.min(source.length, scanner.next + 80) },
        this.#line,
        0,
      );
    }
    return {
      escape: this.#escape === 0x5c ? "\\" : "`",
      directives: this.#directives,
      instructions: this.#instructions,
      problems: this.#problems,
      emptyContinuations: this.#emptyContinuations,
    };
  }

  #problem(
    message: string,
    range: TextRange,
    start: number,
    end: number,
    local = false,
    open: string | null = null,
  ): void {
    this.#problems.push({ message, range, lines: { start, end: Math.max(start, end) }, local, open });
  }

  #comment(start: number): void {
    // The first byte is taken for the `#`, also where spaces precede it.
    const text = trimSpace(this.#source.slice(start + 1, this.scanner.trimmedEnd));
    if (text === "") this.#comments = null;
    else if (this.#comments === null) this.#comments = [text];
    else this.#comments.push(text);
  }

  #directive(first: number): void {
    const directive = this.#directiveReader.read(
      this.#source,
      first,
      this.scanner.trimmedEnd,
      this.#line + 1,
    );
    if (directive === null) return;
    const range = { start: first, end: this.scanner.trimmedEnd };
    if ("error" in directive) {
      this.#problem(directive.error, range, this.#line, 0);
      return;
    }
    this.#comments?.pop();
    this.#directives.push(directive);
    if (directive.name !== "escape") return;
    if (directive.value === "`" || directive.value === "\\") this.#escape = directive.value.charCodeAt(0);
    else {
      const message = `invalid escape token '${directive.value}' does not match \` or \\`;
      this.#problem(message, directive.valueRange, this.#line, 0);
    }
  }

  /** Where the line ends without its continuation token, or -1 where it has none (lineContinuationRegex). */
  #continuation(start: number, end: number): number {
    const source = this.#source;
    let at = end;
    while (at > start) {
      const code = source.charCodeAt(at - 1);
      if (code !== SPACE && code !== TAB) break;
      at--;
    }
    if (at === start || source.charCodeAt(at - 1) !== this.#escape) return -1;
    at--;
    return at > start && source.charCodeAt(at - 1) === this.#escape ? -1 : at;
  }

  #instruction(first: number): void {
    const startLine = this.#line;
    const line = this.#join(first);
    const comments = this.#comments ?? NO_COMMENTS;
    this.#comments = null;
    const end = { offset: this.scanner.trimmedEnd, line: this.#line };
    const node = this.#node(line, 0, line.text.length, comments, startLine, end);
    this.#instructions.push(node);
    const error = deepest(node).list.error;
    if (error !== null) this.#problem(error, node.range, startLine, this.#line, true);
    if (canContainHeredoc(node) && line.text.includes("<<")) this.#heredocs(node);
  }

  /** The line at hand and those it continues on. */
  #join(first: number): LogicalLine {
    const scanner = this.scanner;
    const source = this.#source;
    const cut = this.#continuation(first, scanner.trimmedEnd);
    if (cut === -1) return new LogicalLine(source.slice(first, scanner.trimmedEnd), first, null);
    const parts = [source.slice(first, cut)];
    const segments = [0, first];
    let length = cut - first;
    let continues = true;
    let hasEmpty = false;
    while (continues && scanner.advance()) {
      this.#line++;
      const { start, trimmedEnd } = scanner;
      const content = skipSpace(source, start, trimmedEnd);
      if (content === trimmedEnd) {
        hasEmpty = true;
        continue;
      }
      if (source.charCodeAt(content) === HASH) continue;
      const end = this.#continuation(start, trimmedEnd);
      continues = end !== -1;
      const stop = continues ? end : trimmedEnd;
      if (stop === start) continue;
      if (length === 0) segments.length = 0; // nothing came before
      segments.push(length, start);
      parts.push(source.slice(start, stop));
      length += stop - start;
    }
    if (hasEmpty) this.#emptyContinuations.push(this.#line);
    return joinedLine(parts.join(""), segments);
  }

  /** A node from `[from, to)` of a line, and for ONBUILD from what it holds back (newNodeFromLine). */
  #node(
    line: LogicalLine,
    from: number,
    to: number,
    comments: readonly string[],
    startLine: number,
    end: { offset: number; line: number },
  ): InstructionContent {
    const text = line.text;
    const stop = trimSpaceEnd(text, from, to);
    const start = skipSpace(text, from, stop);
    let wordEnd = start;
    while (wordEnd < stop && !isBlank(text.charCodeAt(wordEnd))) wordEnd++;
    const name = text.slice(start, wordEnd);
    const known = findKeyword(name);
    let argsStart = wordEnd;
    while (argsStart < stop && isBlank(text.charCodeAt(argsStart))) argsStart++;
    const scanned = scanFlags(text, argsStart, stop, this.#escape);
    // A split inside a character leaves arguments that are no part of the line; `shift` leads back to it.
    const ownText = scanned.argsText !== null;
    const argsText = scanned.argsText ?? text;
    const shift = ownText ? scanned.argsStart : 0;
    const argsEnd = trimSpaceEnd(argsText, ownText ? 0 : scanned.argsStart, ownText ? argsText.length : stop);
    argsStart = skipSpace(argsText, ownText ? 0 : scanned.argsStart, argsEnd);

    let trigger: InstructionContent | null = null;
    if (known?.keyword === "ONBUILD" && argsStart < argsEnd) {
      const inner = ownText ? new LogicalLine(argsText, line.startOf(Math.max(0, shift)), null) : line;
      trigger = this.#trigger(inner.slice(argsStart, argsEnd), startLine, end);
    }
    const shape = known?.shape ?? "trigger";
    const list = readArguments(shape, known?.keyword ?? "", argsText, argsStart, argsEnd, this.#escape);
    const keyword = known?.keyword ?? toUpper(name);
    const range = line.range(start, wordEnd);
    return {
      keyword,
      name,
      keywordRange: range,
      range: { start: range.start, end: end.offset },
      startLine,
      endLine: end.line,
      comments,
      line,
      rawFlags: scanned.flags,
      list,
      shift,
      argsSpan: { start: Math.max(0, argsStart + shift), end: Math.max(0, argsEnd + shift) },
      heredocs: NO_HEREDOCS,
      trigger,
      text: null,
      references: undefined,
      fault: undefined,
    };
  }

  /** ONBUILDs may be nested as deep as a line is long, and only the first two levels are ever looked at. */
  #trigger(line: LogicalLine, startLine: number, end: { offset: number; line: number }): InstructionContent {
    this.#depth++;
    const own = this.#depth > MAX_TRIGGER_DEPTH ? new LogicalLine("RUN", line.start, null) : line;
    const node = this.#node(own, 0, own.text.length, NO_COMMENTS, startLine, end);
    this.#depth--;
    return node;
  }

  #heredocs(node: InstructionContent): void {
    const marks = heredocsOfLine(node.line.text);
    if ("error" in marks) {
      this.#problem(marks.error, node.range, node.startLine, this.#line, true);
      return;
    }
    if (marks.length === 0) return;
    const heredocs: Heredoc[] = [];
    for (const mark of marks) {
      const heredoc = this.#heredoc(node, mark);
      heredocs.push(heredoc);
      if (heredoc.terminatorRange === null) break;
    }
    node.heredocs = heredocs;
    node.range.end = Math.max(node.range.end, this.scanner.trimmedEnd);
    node.endLine = this.#line;
  }

  #heredoc(node: InstructionContent, mark: HeredocMark): Heredoc {
    const { scanner } = this;
    const { name, expand, chomp, fileDescriptor } = mark;
    const bodyStart = scanner.next;
    const firstLine = this.#line;
    const { start, end, trimmedEnd } = scanner;
    if (this.#mayTerminate(mark)) {
      while (scanner.advance()) {
        this.#line++;
        if (!isTerminator(this.#source, scanner.start, scanner.trimmedEnd, name, chomp)) continue;
        return {
          name,
          expand,
          chomp,
          fileDescriptor,
          content: this.#source.slice(bodyStart, scanner.start),
          bodyRange: { start: bodyStart, end: scanner.start },
          terminatorRange: { start: scanner.start, end: scanner.trimmedEnd },
        };
      }
    }
    this.#lastLine ??= this.#line;
    this.#problem("unterminated heredoc", node.range, node.startLine, this.#lastLine, true, name);
    // BuildKit stops here. To somebody who has just typed `<<EOF`, the rest of the file is not its body yet.
    scanner.next = bodyStart;
    scanner.start = start;
    scanner.end = end;
    scanner.trimmedEnd = trimmedEnd;
    this.#line = firstLine;
    const nothing = { start: bodyStart, end: bodyStart };
    return { name, expand, chomp, fileDescriptor, content: "", bodyRange: nothing, terminatorRange: null };
  }

  /** False where it is known that no terminator follows: many unterminated heredocs must not each read to the end. */
  #mayTerminate(mark: HeredocMark): boolean {
    if (this.#lastLine === null) return true;
    this.#lastLines ??= this.#indexLines(this.scanner.next);
    const last = (mark.chomp ? this.#lastLines.chomped : this.#lastLines.exact).get(mark.name);
    return last !== undefined && last >= this.scanner.next;
  }

  #indexLines(from: number): LastLines {
    const exact = new Map<string, number>();
    const chomped = new Map<string, number>();
    const scanner = new LineScanner(this.#source, false);
    scanner.next = from;
    while (scanner.advance()) {
      const text = this.#source.slice(scanner.start, scanner.trimmedEnd);
      exact.set(text, scanner.start);
      let tabs = 0;
      while (text.charCodeAt(tabs) === TAB) tabs++;
      chomped.set(tabs === 0 ? text : text.slice(tabs), scanner.start);
    }
    return { exact, chomped };
  }
}

function isTerminator(source: string, start: number, end: number, name: string, chomp: boolean): boolean {
  let at = start;
  if (chomp) while (at < end && source.charCodeAt(at) === TAB) at++;
  return end - at === name.length && source.startsWith(name, at);
}

/** ADD, COPY and RUN in their shell form, and ONBUILD of one (Node.canContainHeredoc). */
function canContainHeredoc(node: InstructionContent): boolean {
  const own = node.trigger ?? node;
  return (own.keyword === "RUN" || own.keyword === "COPY" || own.keyword === "ADD") && !own.list.json;
}

function deepest(node: InstructionContent): InstructionContent {
  let at = node;
  while (at.trigger !== null) at = at.trigger;
  return at;
}
