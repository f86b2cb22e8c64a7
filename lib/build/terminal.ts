/** What a terminal would make of a line: the little that a log viewer needs. */

/** Escape sequences (CSI, OSC, two-byte ones) and control characters other than tab. */
const SEQUENCES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[@-Z\\-_])/g;
const CONTROLS = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/g;
const CONTROL = /[\x00-\x08\x0a-\x1f\x7f-\x9f]/;
/** "To the first column", as progress bars write it instead of a carriage return. */
const TO_FIRST_COLUMN = /\x1b\[[01]?G/g;

/** The words alone, without colours, cursor movements or control characters. */
export function plainText(text: string): string {
  return CONTROL.test(text) ? text.replace(SEQUENCES, "").replace(CONTROLS, "") : text;
}

/** Colours kept (`ESC [ … m`), every other sequence and control character gone. */
export function colouredText(text: string): string {
  if (!CONTROL.test(text)) return text;
  return text
    .replace(SEQUENCES, (sequence) => (/^\x1b\[[0-9;:]*m$/.test(sequence) ? sequence : ""))
    .replace(/[\x00-\x08\x0a-\x1a\x1c-\x1f\x7f-\x9f]/g, "")
    .replace(/\x1b(?!\[)/g, "");
}

/**
 * Folds a line that overwrote itself (a progress bar) to what stands in the end: the text after the last carriage
 * return. One at the very end is kept, because a line feed may still follow it and make it a plain line ending.
 */
export function foldReturns(line: string): string {
  let text = line.includes("\x1b[") ? line.replace(TO_FIRST_COLUMN, "\r") : line;
  if (!text.includes("\r")) return text;
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 13) end--;
  text = text.slice(text.lastIndexOf("\r", end - 1) + 1, end);
  return end < line.length ? `${text}\r` : text;
}
