import type { TextEdit } from "./edits";
import { countWhile } from "./search";

/** A place a person reads: both 1-based, the column in UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

/**
 * Lines of a text, broken at LF only, as BuildKit breaks them (a CR belongs to its line). A text that ends in LF has an
 * empty last line, as an editor shows it.
 */
export class LineIndex {
  #starts: Int32Array;
  #length: number;

  constructor(text: string) {
    let starts = new Int32Array(Math.max(16, text.length >> 5));
    let count = 1;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
      if (count === starts.length) {
        const grown = new Int32Array(starts.length * 2);
        grown.set(starts);
        starts = grown;
      }
      starts[count++] = at + 1;
    }
    this.#starts = starts.subarray(0, count);
    this.#length = text.length;
  }

  /** The index of the text after edits that are sorted and disjoint, without reading what did not change. */
  edited(edits: readonly TextEdit[]): LineIndex {
    const old = this.#starts;
    const added = edits.map(({ text }) => new LineIndex(text).#starts);
    const room = added.reduce((sum, starts) => sum + starts.length - 1, old.length);
    const starts = new Int32Array(room);
    let count = 0;
    let read = 0;
    let shift = 0;
    const copy = (to: number) => {
      if (shift === 0) starts.set(old.subarray(read, to), count);
      else for (let at = read; at < to; at++) starts[count + at - read] = (old[at] as number) + shift;
      count += Math.max(0, to - read);
      read = Math.max(read, to);
    };
    for (const [index, { start, end, text }] of edits.entries()) {
      copy(this.lineAt(start));
      // Lines that began within what is replaced are gone; the edit's own begin behind its line breaks.
      read = Math.max(read, this.lineAt(end));
      for (const own of (added[index] as Int32Array).subarray(1)) starts[count++] = start + shift + own;
      shift += text.length - (end - start);
    }
    copy(old.length);
    const result = new LineIndex("");
    result.#starts = starts.subarray(0, count);
    result.#length = this.#length + shift;
    return result;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** The 1-based line that holds the offset; an LF belongs to the line it ends. */
  lineAt(offset: number): number {
    const starts = this.#starts;
    return Math.max(
      1,
      countWhile(starts.length, (at) => (starts[at] as number) <= offset),
    );
  }

  /** Where a line starts. Lines before the first or after the last are taken for those. */
  lineStart(line: number): number {
    const index = Math.min(Math.max(line, 1), this.#starts.length) - 1;
    return this.#starts[index] as number;
  }

  /** Where a line ends, its LF not included. */
  lineEnd(line: number): number {
    if (line < 1) return this.lineEnd(1);
    return line < this.#starts.length ? (this.#starts[line] as number) - 1 : this.#length;
  }

  position(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, column: offset - this.lineStart(line) + 1 };
  }

  /** The offset of a place; a column past the end of its line is taken for the end. */
  offset(line: number, column: number): number {
    const start = this.lineStart(line);
    return Math.min(start + Math.max(column, 1) - 1, this.lineEnd(line));
  }
}
