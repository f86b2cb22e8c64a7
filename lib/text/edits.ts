/** A half-open range of UTF-16 code units into a text. */
export interface TextRange {
  start: number;
  end: number;
}

/** Replace `[start, end)` by `text`. An insertion has `start === end`. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/**
 * Sorts edits, drops those that change nothing by their shape (empty to empty) and merges edits that touch, so that
 * the result is sorted, disjoint and has no two neighbours that touch. Insertions at one place keep their order.
 *
 * @throws RangeError when two edits overlap: what they mean together is not defined.
 */
export function normaliseEdits(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = edits
    .filter((edit) => edit.start !== edit.end || edit.text !== "")
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.order - b.order);
  const result: TextEdit[] = [];
  for (const { edit } of sorted) {
    const last = result[result.length - 1];
    if (last === undefined || edit.start > last.end) {
      result.push({ ...edit });
      continue;
    }
    if (edit.start < last.end) {
      throw new RangeError(`edits overlap: [${last.start}, ${last.end}) and [${edit.start}, ${edit.end})`);
    }
    last.end = edit.end;
    last.text += edit.text;
  }
  return result;
}

/**
 * The text after the edits. All offsets are into `source`.
 *
 * @param edits sorted and disjoint, as {@link normaliseEdits} returns them
 * @throws RangeError when they are not, or reach outside the text
 */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  let result = "";
  let position = 0;
  for (const edit of edits) {
    if (edit.start < position || edit.end < edit.start || edit.end > source.length) {
      throw new RangeError(`edit [${edit.start}, ${edit.end}) is out of order or outside the text`);
    }
    result += source.slice(position, edit.start) + edit.text;
    position = edit.end;
  }
  return result + source.slice(position);
}

/** The edits that bring `applyEdits(source, edits)` back to `source`. */
export function invertEdits(source: string, edits: readonly TextEdit[]): TextEdit[] {
  let shift = 0;
  return edits.map((edit) => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return { start, end: start + edit.text.length, text: source.slice(edit.start, edit.end) };
  });
}

/**
 * The one edit that turns `before` into `after`: what lies between their common prefix and their common suffix, or null
 * when they are the same. Never splits a surrogate pair.
 */
export function diffToEdit(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  if (prefix > 0 && isHighSurrogate(before.charCodeAt(prefix - 1))) prefix--;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  ) {
    suffix++;
  }
  if (suffix > 0 && isLowSurrogate(before.charCodeAt(before.length - suffix))) suffix--;
  return {
    start: prefix,
    end: before.length - suffix,
    text: after.slice(prefix, after.length - suffix),
  };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
