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

export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/**
 * strings.ToLower: one code point to one, without the context rules JavaScript adds; a byte that is no character becomes
 * U+FFFD.
 */
export function toLower(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let result = "";
  for (const point of withoutBytes(text)) {
    result += point === "\u0130" ? "i" : firstOr(point.toLowerCase(), point);
  }
  return result;
}

/** strings.ToUpper, under the same reading: `ß` has no single upper-case letter and stays. */
export function toUpper(text: string): string {
  if (isAscii(text)) return text.toUpperCase();
  let result = "";
  for (const point of withoutBytes(text)) result += firstOr(point.toUpperCase(), point);
  return result;
}

function firstOr(converted: string, original: string): string {
  const point = converted.codePointAt(0);
  return point !== undefined && converted.length === (point > 0xffff ? 2 : 1) ? converted : original;
}

/** strings.EqualFold(word, "as"): `ſ` folds with `s`. */
export function foldsToAs(word: string): boolean {
  if (word.length !== 2) return false;
  const first = word.charCodeAt(0) | 0x20;
  const second = word.charCodeAt(1);
  return first === 0x61 && ((second | 0x20) === 0x73 || second === 0x17f);
}
