import { withoutBytes } from "./bytes";
import { DOUBLE_QUOTE, isBlank, isSpace, SINGLE_QUOTE } from "./characters";

/** A word and its place in the line. */
export interface Word {
  value: string;
  start: number;
  end: number;
}

/** Words parted by blanks, quotes meaning nothing (parser/line_parsers.go, parseStringsWhitespaceDelimited). */
export function splitBlanks(text: string, from: number, to: number): Word[] {
  const words: Word[] = [];
  let at = from;
  while (at < to) {
    const start = at;
    while (at < to && !isBlank(text.charCodeAt(at))) at++;
    words.push({ value: text.slice(start, at), start, end: at });
    while (at < to && isBlank(text.charCodeAt(at))) at++;
  }
  return words;
}

/**
 * Words parted by spaces outside quotes; quotes and escapes stay in the words (parser/line_parsers.go, parseWords). An
 * escape token that ends the text is dropped, and a byte that is no character is U+FFFD from here on.
 */
export function splitQuoted(text: string, from: number, to: number, escapeCode: number): Word[] {
  const words: Word[] = [];
  let at = from;
  while (at < to) {
    if (isSpace(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    let quote = 0;
    let quoted = false;
    let dropped = false;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (quote === 0) {
        if (isSpace(code)) break;
        if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE) {
          quote = code;
          quoted = true;
          continue;
        }
      } else if (code === quote) {
        quote = 0;
        continue;
      }
      if (code === escapeCode && quote !== SINGLE_QUOTE) {
        if (at + 1 >= to) dropped = true;
        else at++;
      }
    }
    const end = Math.min(at, to);
    const value = withoutBytes(text.slice(start, dropped ? end - 1 : end));
    if (quoted || value !== "") words.push({ value, start, end });
  }
  return words;
}
