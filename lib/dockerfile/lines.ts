import { countWhile } from "../text";
import { decodeText, encodeText, isByte, utf8Length } from "./bytes";
import { CR } from "./characters";

/** The longest line BuildKit reads, in bytes without its LF (bufio.MaxScanTokenSize - 1). */
export const MAX_LINE_BYTES = 65535;

/**
 * Hands out the lines of a text as Go's bufio.Scanner does with BuildKit's scanLines: broken at LF only, and stopping at
 * a line that is too long. Asked once more after that, it hands out the first 65,536 bytes of that line before it stops
 * for good; a continuation right before the long line does ask, so it matters which error comes out.
 */
export class LineScanner {
  /** the line in hand: `[start, end)` without its LF, `[start, trimmedEnd)` without trailing CRs either */
  start = 0;
  end = 0;
  trimmedEnd = 0;
  /** where the next line starts */
  next = 0;
  tooLong = false;
  #drained = false;

  constructor(
    readonly text: string,
    readonly limited: boolean,
  ) {}

  advance(): boolean {
    if (this.tooLong) return this.#drain();
    const start = this.next;
    const length = this.text.length;
    if (start >= length) return false;
    let end = this.text.indexOf("\n", start);
    if (end === -1) end = length;
    if (this.limited && exceeds(this.text, start, end)) {
      this.tooLong = true;
      return false;
    }
    this.#take(start, end, end < length ? end + 1 : length);
    return true;
  }

  /** Goes back to where a line starts. */
  rewind(offset: number): void {
    this.next = offset;
  }

  #drain(): boolean {
    if (this.#drained) return false;
    this.#drained = true;
    let end = this.next;
    for (let bytes = 0; end < this.text.length && bytes <= MAX_LINE_BYTES; end++) {
      bytes += utf8Length(this.text, end, end + 1);
    }
    this.#take(this.next, end, end);
    return true;
  }

  #take(start: number, end: number, next: number): void {
    let trimmed = end;
    while (trimmed > start && this.text.charCodeAt(trimmed - 1) === CR) trimmed--;
    this.start = start;
    this.end = end;
    this.trimmedEnd = trimmed;
    this.next = next;
  }
}

function exceeds(text: string, start: number, end: number): boolean {
  const units = end - start;
  if (units > MAX_LINE_BYTES) return true;
  return units * 3 > MAX_LINE_BYTES && utf8Length(text, start, end) > MAX_LINE_BYTES;
}

/**
 * What one instruction looks like to BuildKit once continuations are joined and comments between them dropped, with the
 * way back into the source.
 */
export class LogicalLine {
  /**
   * @param text the joined line
   * @param start where it begins in the source
   * @param segments pairs (offset in `text`, offset in the source), ascending; null where the line is one piece
   */
  constructor(
    readonly text: string,
    readonly start: number,
    readonly segments: readonly number[] | null,
  ) {}

  /** The source offset of a character of the line. */
  startOf(at: number): number {
    const segments = this.segments;
    if (segments === null) return this.start + at;
    const count = countWhile(segments.length >> 1, (nth) => (segments[nth * 2] as number) <= at);
    const place = Math.max(0, count - 1) * 2;
    return (segments[place + 1] as number) + at - (segments[place] as number);
  }

  /** The source offset right after the character before `at`: where a range that ends at `at` ends. */
  endOf(at: number): number {
    if (this.segments === null) return this.start + at;
    return at === 0 ? this.startOf(0) : this.startOf(at - 1) + 1;
  }

  range(start: number, end: number): { start: number; end: number } {
    const from = this.startOf(start);
    return { start: from, end: end > start ? this.endOf(end) : from };
  }

  /** The same line, further on in the source. */
  moved(by: number): LogicalLine {
    const segments = this.segments?.map((offset, index) => (index % 2 === 0 ? offset : offset + by)) ?? null;
    return new LogicalLine(this.text, this.start + by, segments);
  }

  /** A part of the line as a line of its own. */
  slice(start: number, end: number): LogicalLine {
    if (this.segments === null) return new LogicalLine(this.text.slice(start, end), this.start + start, null);
    const segments = [0, this.startOf(start)];
    for (let at = 0; at < this.segments.length; at += 2) {
      const offset = this.segments[at] as number;
      if (offset > start && offset < end) segments.push(offset - start, this.segments[at + 1] as number);
    }
    return new LogicalLine(this.text.slice(start, end), segments[1] as number, segments);
  }
}

/** A line of several pieces; a character whose bytes are spread over them is one again. */
export function joinedLine(text: string, segments: readonly number[]): LogicalLine {
  const whole = new LogicalLine(text, segments[1] as number, segments.length > 2 ? segments : null);
  return splitsCharacter(text, segments) ? recomposed(whole, segments) : whole;
}

function splitsCharacter(text: string, segments: readonly number[]): boolean {
  for (let at = 2; at < segments.length; at += 2) {
    const offset = segments[at] as number;
    if (isByte(text.charCodeAt(offset)) && isByte(text.charCodeAt(offset - 1))) return true;
  }
  return false;
}

function recomposed(line: LogicalLine, segments: readonly number[]): LogicalLine {
  const old = line.text;
  const text = decodeText(encodeText(old));
  const places: number[] = [];
  let from = 0;
  let segment = 0;
  for (let to = 0; to < text.length; ) {
    while (segment < segments.length && (segments[segment] as number) < from) segment += 2;
    if (segments[segment] === from) places.push(to, segments[segment + 1] as number);
    if (!isByte(old.charCodeAt(from)) || old.charCodeAt(from) === text.charCodeAt(to)) {
      from++;
      to++;
      continue;
    }
    const units = (text.codePointAt(to) as number) > 0xffff ? 2 : 1;
    from += utf8Length(text, to, to + units);
    to += units;
    places.push(to, line.startOf(from));
  }
  return new LogicalLine(text, line.start, places);
}
