/**
 * Character classes and cases as Go has them. JavaScript's `trim`, `\s` and `toLowerCase` differ from them in ways that
 * decide where an instruction ends: U+0085 is a space to BuildKit and U+FEFF is not.
 */
import { withoutBytes } from "./bytes";

export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const DOLLAR = 0x24;
export const SINGLE_QUOTE = 0x27;
export const DASH = 0x2d;
export const LESS_THAN = 0x3c;
export const EQUALS = 0x3d;
export const BACKSLASH = 0x5c;

/** Go's unicode.IsSpace. */
export function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** What separates words: the parser's reWhitespace. No LF: a logical line holds none. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB || (code >= 0x0b && code <= CR);
}

/** The first place at or after `from` that is no space, or `to`. */
export function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The end of the text without trailing spaces, not before `from`. */
export function trimSpaceEnd(text: string, from: number, to: number): number {
  let at = to;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

/** strings.TrimSpace */
export function trimSpace(text: string): string {
  const start = skipSpace(text, 0, text.length);
  return text.slice(start, trimSpaceEnd(text, start, text.length));
}

/** strings.Cut: what stands before the first `mark`, and what behind it; null where there is none. */
export function cut(text: string, mark: string): [before: string, after: string | null] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** What has had another case only since Unicode 15, which is what Go knows: it stays as it is. */
const YOUNG =
  /[\u019b\u0264\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2-\ua7d5\ua7da-\ua7dd\u{10d50}-\u{10d85}\u{16ea0}-\u{16ed3}]/u;

/**
 * strings.ToLower: one code point to one, without the context rules JavaScript adds; a byte that is no character becomes
 * U+FFFD.
 */
export function toLower(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return eachPoint(text, (point) => (point === "\u0130" ? "i" : point.toLowerCase()));
}

/** strings.ToUpper: `ß` has no single upper-case letter and stays, `ᾳ` has one, eight or nine places on. */
export function toUpper(text: string): string {
  if (isAscii(text)) return text.toUpperCase();
  return eachPoint(text, (point) => {
    const upper = point.toUpperCase();
    if (upper.length === point.length) return upper;
    const near = [8, 9].map((step) => String.fromCharCode(point.charCodeAt(0) + step));
    return near.find((each) => each.toLowerCase() === point) ?? point;
  });
}

function eachPoint(text: string, convert: (point: string) => string): string {
  let result = "";
  for (const point of withoutBytes(text)) result += YOUNG.test(point) ? point : convert(point);
  return result;
}

/** What strings.EqualFold compares: `ſ` folds with `s`. */
export function fold(word: string): string {
  return toLower(word.replaceAll("\u017f", "s"));
}
