import { fromBinary, isByte, toBinary } from "./bytes";
import { isBlank, isSpace, skipSpace } from "./characters";
import { readJsonForm } from "./json";
import type { ArgumentShape } from "./keywords";
import { quote } from "./quote";
import { splitBlanks, splitQuoted, type Word } from "./words";

/** The arguments of an instruction as BuildKit's parser hands them on. */
export interface ArgumentList {
  words: Word[];
  /** they were written as a JSON array */
  json: boolean;
  /** ENV and LABEL: `name value` without `=` */
  legacy: boolean;
  /** the parser would stop here */
  error: string | null;
}

const NONE: Word[] = [];

/**
 * Cuts `[from, to)` of a line into arguments (parser/line_parsers.go). The range has no spaces around it. ONBUILD's
 * are its caller's.
 */
export function readArguments(
  shape: ArgumentShape,
  keyword: string,
  text: string,
  from: number,
  to: number,
  escapeCode: number,
): ArgumentList {
  if (from >= to) return list(NONE);
  switch (shape) {
    case "words":
      return list(splitBlanks(text, from, to));
    case "text":
      return list(whole(text, from, to));
    case "names":
      return list(splitQuoted(text, from, to, escapeCode));
    case "json":
    case "jsonWords":
      return readJsonOr(shape, text, from, to);
    case "health":
      return readHealth(text, from, to);
    case "pairs":
      return readPairs(keyword, text, from, to, escapeCode);
    case "trigger":
      return list(NONE);
  }
}

function list(words: Word[], json = false, error: string | null = null, legacy = false): ArgumentList {
  return { words, json, legacy, error };
}

function whole(text: string, from: number, to: number): Word[] {
  return [{ value: text.slice(from, to), start: from, end: to }];
}

function readJsonOr(shape: "json" | "jsonWords", text: string, from: number, to: number): ArgumentList {
  const plain = () => (shape === "json" ? whole(text, from, to) : splitBlanks(text, from, to));
  const start = skipSpace(text, from, to);
  if (text.charAt(start) !== "[") return list(plain());
  const form = readJsonForm(text, start, to);
  if (form === "notStrings") {
    return list(plain(), false, "when using JSON array syntax, arrays must be comprised of strings only");
  }
  return form === "notArray" ? list(plain()) : list(form, true);
}

/** BuildKit looks for the end of HEALTHCHECK's first word byte by byte (parseHealthConfig). */
function readHealth(text: string, from: number, to: number): ArgumentList {
  let at = from;
  for (; at < to && !isSpace(text.charCodeAt(at)); at++) {
    if (text.charCodeAt(at) > 0x7f) return readHealthBytes(text, from, to);
  }
  if (text.charCodeAt(at) > 0x7f) return readHealthBytes(text, from, to);
  const type = { value: text.slice(from, at), start: from, end: at };
  while (at < to && isByteSpace(text.charCodeAt(at))) at++;
  return healthcheck(type, text, at, to);
}

function isByteSpace(code: number): boolean {
  return code > 0x7f ? isByte(code) && isSpace(code - 0xdc00) : isSpace(code);
}

/** The same where a byte of a character may pass for a space: 0x85 and 0xA0 do. */
function readHealthBytes(text: string, from: number, to: number): ArgumentList {
  const { bytes, offsets } = toBinary(text, from, to);
  let end = 0;
  while (end < bytes.length && !isSpace(bytes.charCodeAt(end))) end++;
  let next = end;
  while (next < bytes.length && isSpace(bytes.charCodeAt(next))) next++;
  if (end === 0) return list(NONE);
  const type = { value: fromBinary(bytes.slice(0, end)), start: from, end: offsets[end] as number };
  const rest = fromBinary(bytes.slice(next));
  const read = healthcheck(type, rest, 0, rest.length);
  // What a split character leaves behind stands before the rest, which ends where the text does.
  const place = (offset: number) => Math.max(from, offset + to - rest.length);
  for (const word of read.words) {
    if (word === type) continue;
    word.start = place(word.start);
    word.end = place(word.end);
  }
  return read;
}

function healthcheck(type: Word, text: string, at: number, to: number): ArgumentList {
  if (at === to) return list([type]);
  const command = readJsonOr("json", text, at, to);
  return list([type, ...command.words], command.json, command.error);
}

function readPairs(
  keyword: string,
  text: string,
  from: number,
  to: number,
  escapeCode: number,
): ArgumentList {
  const words = splitQuoted(text, from, to, escapeCode);
  const first = words[0];
  if (first === undefined) return list(NONE);
  if (!first.value.includes("=")) {
    let end = from;
    while (end < to && !isBlank(text.charCodeAt(end))) end++;
    if (end === to) return list(words, false, `${keyword} must have two arguments`);
    let start = end;
    while (start < to && isBlank(text.charCodeAt(start))) start++;
    const name = { value: text.slice(from, end), start: from, end };
    return list([name, { value: text.slice(start, to), start, end: to }], false, null, true);
  }
  for (const word of words) {
    if (word.value.includes("=")) continue;
    const message = `Syntax error - can't find = in ${quote(word.value)}. Must be of the form: name=value`;
    return list(words, false, message);
  }
  return list(words);
}
