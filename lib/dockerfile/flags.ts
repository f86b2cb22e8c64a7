import { type BinaryText, fromBinary, isByte, toBinary } from "./bytes";
import { DASH, DOUBLE_QUOTE, EQUALS, isSpace, SINGLE_QUOTE, SPACE } from "./characters";

/** A `--flag` as the parser takes it from a line. Places are in the logical line. */
export interface RawFlag {
  /** with the dashes, quotes and escapes removed */
  word: string;
  start: number;
  end: number;
  /** the place of each character of `word`; null where they follow each other from `start` */
  places: readonly number[] | null;
  /** for each character of `word` the quote it stands in, 0 for none; null like `places` */
  quotes: readonly number[] | null;
}

export interface ScannedFlags {
  flags: RawFlag[];
  /** where the arguments begin in the line */
  argsStart: number;
  /** the arguments, where a split inside a character made them differ from the line's own text */
  argsText: string | null;
}

const NO_FLAGS: RawFlag[] = [];

/**
 * Takes the flags off the front of an instruction's arguments (parser/split_command.go, extractBuilderFlags). BuildKit
 * reads bytes here, so a flag with a character beyond ASCII comes out as Latin-1 and may be split inside that character.
 */
export function scanFlags(line: string, from: number, to: number, escapeCode: number): ScannedFlags {
  let at = from;
  while (at < to && isByteSpace(line.charCodeAt(at), false)) at++;
  if (line.charCodeAt(at) !== DASH || at + 1 >= to || line.charCodeAt(at + 1) !== DASH) {
    return { flags: NO_FLAGS, argsStart: at, argsText: null };
  }
  const scanned = scan(line, at, to, escapeCode, null);
  if (scanned !== null) return scanned;
  const binary = toBinary(line, at, to);
  return scan(binary.bytes, 0, binary.bytes.length, escapeCode, binary) as ScannedFlags;
}

/** Null where a flag has a character that must be read as bytes. */
function scan(
  text: string,
  from: number,
  to: number,
  escapeCode: number,
  binary: BinaryText | null,
): ScannedFlags | null {
  const flags: RawFlag[] = [];
  const place = (offset: number) => (binary === null ? offset : (binary.offsets[offset] as number));
  const rest = (offset: number): ScannedFlags => {
    if (binary === null) return { flags, argsStart: offset, argsText: null };
    let whole = offset; // where the next whole character starts
    while (whole < to && whole > from && place(whole) === place(whole - 1)) whole++;
    return { flags, argsStart: place(whole) - (whole - offset), argsText: fromBinary(text.slice(offset)) };
  };
  let at = from;
  for (;;) {
    while (at < to && isByteSpace(text.charCodeAt(at), binary !== null)) at++;
    if (at >= to) return rest(to);
    if (text.charCodeAt(at) !== DASH || at + 1 >= to || text.charCodeAt(at + 1) !== DASH) return rest(at);
    const start = at;
    const end = plainEnd(text, at, to, escapeCode);
    const stop = end < to ? text.charCodeAt(end) : SPACE;
    if (stop > 0x7f && binary === null) return null;
    let flag: RawFlag;
    let hadQuote = false;
    if (isSpace(stop) && binary === null) {
      flag = { word: text.slice(start, end), start, end, places: null, quotes: null };
      at = end;
    } else {
      const places: number[] = [];
      const quotes: number[] = [];
      let word = "";
      let quote = 0;
      for (; at < to; at++) {
        let code = text.charCodeAt(at);
        if (code > 0x7f && binary === null) return null;
        if (quote === 0) {
          if (isSpace(code)) break;
          if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE) {
            quote = code;
            hadQuote = true;
            continue;
          }
        } else if (code === quote) {
          quote = 0;
          continue;
        }
        if (code === escapeCode) {
          if (at + 1 >= to) continue; // an escape at the end is dropped
          code = text.charCodeAt(++at);
          if (code > 0x7f && binary === null) return null;
        }
        word += String.fromCharCode(code);
        places.push(place(at));
        quotes.push(quote);
      }
      flag = { word, start: place(start), end: binary === null ? at : endPlace(binary, at), places, quotes };
    }
    if (flag.word === "--") return rest(at);
    if (hadQuote || flag.word.length > 0) flags.push(flag);
  }
}

/** Between flags BuildKit looks at bytes: U+00A0 begins with one that is no space, a stray byte 0xA0 is one. */
function isByteSpace(code: number, binary: boolean): boolean {
  if (binary || code < 0x80) return isSpace(code);
  return isByte(code) && isSpace(code - 0xdc00);
}

/** The end of the run that needs no thought: no space, quote, escape or character beyond ASCII. */
function plainEnd(text: string, from: number, to: number, escapeCode: number): number {
  let at = from;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (
      code <= SPACE
        ? isSpace(code)
        : code === SINGLE_QUOTE || code === DOUBLE_QUOTE || code === escapeCode || code > 0x7f
    ) {
      break;
    }
  }
  return at;
}

/** The line offset right after the character that the byte before `at` belongs to. */
function endPlace(binary: BinaryText, at: number): number {
  let next = at;
  while (next < binary.bytes.length && binary.offsets[next] === binary.offsets[next - 1]) next++;
  return binary.offsets[next] as number;
}

/** Where the `=` stands in the flag's word, or -1. */
export function equalsIn(flag: RawFlag): number {
  return flag.word.indexOf(String.fromCharCode(EQUALS));
}

/** The places in the line of the part `[from, to)` of a flag's word, and what must follow a word written over it. */
export function flagPart(
  flag: RawFlag,
  from: number,
  to: number,
): { start: number; end: number; closing: string } {
  if (flag.places === null) return { start: flag.start + from, end: flag.start + to, closing: "" };
  if (from >= to) {
    // nothing there: write at the end of what is before it
    const before = from > 0 ? (flag.places[from - 1] as number) + 1 : flag.start;
    const next = flag.places[from] ?? flag.end;
    const at = from < flag.places.length ? next : Math.max(before, flag.end);
    return { start: Math.min(before, at), end: at, closing: "" };
  }
  const quotes = flag.quotes as readonly number[];
  const first = quotes[from] as number;
  const last = quotes[to - 1] as number;
  let start = flag.places[from] as number;
  // an escape before the first character goes with it; so does an opening quote that would otherwise stay open
  if (from > 0) start = firstOwn(flag, from, first, start);
  const end = (flag.places[to - 1] as number) + 1;
  if (first === last) return { start, end, closing: "" };
  return { start, end, closing: quoteText(first) + quoteText(last) };
}

/** Steps back over an escape token between the character before and this one. */
function firstOwn(flag: RawFlag, from: number, quote: number, start: number): number {
  const places = flag.places as readonly number[];
  const quotes = flag.quotes as readonly number[];
  const before = (places[from - 1] as number) + 1;
  // same quotes on both sides and one character between: that is an escape
  return quotes[from - 1] === quote && start - before === 1 ? before : start;
}

function quoteText(code: number): string {
  return code === 0 ? "" : String.fromCharCode(code);
}
