/**
 * UTF-8 where it matters that BuildKit works on bytes.
 *
 * A file that is not valid UTF-8 is held as a string in which each byte that cannot be decoded is a lone low surrogate
 * U+DC80 … U+DCFF (0xDC00 + the byte). Everything in this library reads that as the byte, so such a file parses as
 * BuildKit parses it, and {@link encodeText} gives its bytes back unchanged.
 */

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Text of the bytes of a file; a BOM is kept. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return decodeTolerant(bytes);
  }
}

function decodeTolerant(bytes: Uint8Array): string {
  const parts: string[] = [];
  let valid = 0;
  let at = 0;
  const flush = () => {
    if (at > valid) parts.push(decoder.decode(bytes.subarray(valid, at)));
  };
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    flush();
    parts.push(String.fromCharCode(0xdc00 + (bytes[at] as number)));
    at++;
    valid = at;
  }
  flush();
  return parts.join("");
}

/** Bytes of the well-formed sequence at `at`, or 0 (Unicode, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const second = bytes[at + 1] ?? 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  if (first < 0xe0) return 2;
  if (!isContinuation(bytes[at + 2])) return 0;
  if (first < 0xf0) return 3;
  return isContinuation(bytes[at + 3]) ? 4 : 0;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

/** The bytes of a text that {@link decodeText} made, or of any other (where a lone surrogate becomes U+FFFD). */
export function encodeText(text: string): Uint8Array {
  const binary = toBinary(text, 0, text.length).bytes;
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** How many bytes the units `[from, to)` are in UTF-8. */
export function utf8Length(text: string, from: number, to: number): number {
  let length = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) length++;
    else if (code < 0x800) length += 2;
    else if (isPairAt(text, at, to)) {
      length += 4;
      at++;
    } else length += isByte(code) ? 1 : 3;
  }
  return length;
}

export interface BinaryText {
  /** one character for each byte */
  bytes: string;
  /** for each byte, and for the end, the offset of the character it belongs to */
  offsets: Int32Array;
}

/** The units `[from, to)` as bytes, for the rules that BuildKit applies byte by byte. */
export function toBinary(text: string, from: number, to: number): BinaryText {
  const parts: string[] = [];
  const offsets = new Int32Array(utf8Length(text, from, to) + 1);
  let count = 0;
  let at = from;
  const push = (...values: number[]) => {
    offsets.fill(at, count, count + values.length);
    count += values.length;
    parts.push(String.fromCharCode(...values));
  };
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) push(code);
    else if (code < 0x800) push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (isPairAt(text, at, to)) {
      const point = text.codePointAt(at) as number;
      push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      );
      at++;
    } else if (isByte(code)) push(code - 0xdc00);
    else {
      const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
      push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    }
  }
  offsets[count] = to;
  return { bytes: parts.join(""), offsets };
}

/** Where a byte that is no character stands, as Go's ranging over a string finds U+FFFD. */
export function withoutBytes(text: string): string {
  return isPlain(text) ? text : text.replace(BYTE, "\ufffd");
}

const BYTE = /\p{Surrogate}/gu;

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0xd7ff) return false;
  return true;
}

/** Whether a unit is a byte that is no character. Of a pair, only a second half looks like one. */
export function isByte(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff;
}

/** The text of bytes held one to a character. */
export function fromBinary(bytes: string): string {
  const array = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) array[at] = bytes.charCodeAt(at);
  return decodeText(array);
}

function isPairAt(text: string, at: number, to: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0xd800 || code > 0xdbff || at + 1 >= to) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}
