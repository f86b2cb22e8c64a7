import { normaliseEdits, type TextEdit } from "./edits";

/** A run of the text that an edit leaves alone, or replaces. */
interface Piece {
  /** units of the text before */
  take: number;
  /** null: they are kept */
  text: string | null;
}

const END = Number.MAX_SAFE_INTEGER;

/**
 * One list of edits that does what `first` and then `second` do: `second` speaks of the text after `first`, the result
 * of the text before it. Both are sorted and disjoint, and so is the result.
 */
export function composeEdits(first: readonly TextEdit[], second: readonly TextEdit[]): TextEdit[] {
  const output: TextEdit[] = [];
  let position = 0; // in the text before both
  const emit = (length: number, text: string) => {
    output.push({ start: position, end: position + length, text });
    position += length;
  };

  const inner = pieces(first);
  let index = 0;
  let current = inner[0] as Piece;
  const next = () => {
    index++;
    current = inner[index] ?? { take: END, text: null };
  };
  /** Passes `count` units of the middle text, kept or dropped by the second edits. */
  const pass = (count: number, keep: boolean) => {
    let left = count;
    while (left > 0) {
      if (current.text === null) {
        const length = Math.min(left, current.take);
        if (keep) position += length;
        else emit(length, "");
        left -= length;
        current = { take: current.take - length, text: null };
        if (current.take === 0) next();
      } else {
        const length = Math.min(left, current.text.length);
        emit(current.take, keep ? current.text.slice(0, length) : "");
        left -= length;
        current = { take: 0, text: current.text.slice(length) };
        if (current.text === "") next();
      }
    }
    // A deletion has no text to pass, so it is passed with what comes before it.
    while (current.text === "") {
      emit(current.take, "");
      next();
    }
  };

  let middle = 0;
  for (const edit of second) {
    pass(edit.start - middle, true);
    emit(0, edit.text);
    pass(edit.end - edit.start, false);
    middle = edit.end;
  }
  while (index < inner.length) {
    if (current.text === null) position += current.take;
    else emit(current.take, current.text);
    next();
  }
  return normaliseEdits(output);
}

function pieces(edits: readonly TextEdit[]): Piece[] {
  const result: Piece[] = [];
  let position = 0;
  for (const edit of edits) {
    if (edit.start > position) result.push({ take: edit.start - position, text: null });
    result.push({ take: edit.end - edit.start, text: edit.text });
    position = edit.end;
  }
  result.push({ take: END, text: null });
  return result;
}
