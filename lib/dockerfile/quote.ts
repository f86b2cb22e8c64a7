import { isByte } from "./bytes";

/** Each is written as a backslash and the letter at its place. */
const SHORT = '\x07\b\f\n\r\t\v"\\';
const LETTERS = 'abfnrtv"\\';
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Go's `%q`: what BuildKit's messages quote words with. */
export function quote(text: string): string {
  let result = '"';
  for (const point of text) {
    const code = point.codePointAt(0) as number;
    const short = SHORT.indexOf(point);
    if (short !== -1) result += `\\${LETTERS[short]}`;
    else if (PRINTABLE.test(point)) result += point;
    else if (code < 0x80) result += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (isByte(code)) result += `\\x${(code - 0xdc00).toString(16)}`;
    else if (code < 0x10000) result += `\\u${code.toString(16).padStart(4, "0")}`;
    else result += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return `${result}"`;
}
