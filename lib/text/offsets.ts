import type { TextEdit } from "./edits";

/** Where offsets of a text are after edits, for many offsets: each takes the logarithm of the number of edits. */
export class OffsetMap {
  readonly #edits: readonly TextEdit[];
  /** how far the edits before each one move what follows */
  readonly #shifts: number[] = [];

  /** @param edits sorted and disjoint */
  constructor(edits: readonly TextEdit[]) {
    this.#edits = edits;
    let shift = 0;
    for (const { start, end, text } of edits) {
      this.#shifts.push(shift);
      shift += text.length - (end - start);
    }
    this.#shifts.push(shift);
  }

  /**
   * Where an offset of the old text lies in the new one. An offset inside a replaced range goes to the start of its
   * replacement for `assoc` -1 and to its end for 1; so does an offset exactly at an insertion.
   */
  at(offset: number, assoc: -1 | 1 = -1): number {
    const next = this.#firstFrom(offset);
    const before = this.#edits[next - 1];
    const insertion = this.#edits[next];
    const covering = before !== undefined && offset < before.end ? next - 1 : next;
    const covered = covering < next || (insertion?.start === offset && insertion.end === offset);
    const shift = this.#shifts[covering] as number;
    if (!covered) return offset + shift;
    const { start, text } = this.#edits[covering] as TextEdit;
    return start + shift + (assoc === 1 ? text.length : 0);
  }

  /** Whether the character at an offset is replaced or taken away. */
  removes(offset: number): boolean {
    for (let index = Math.max(0, this.#firstFrom(offset) - 1); ; index++) {
      const edit = this.#edits[index];
      if (edit === undefined || edit.start > offset) return false;
      if (offset < edit.end) return true;
    }
  }

  /** The first edit that starts at the offset or behind it. */
  #firstFrom(offset: number): number {
    let low = 0;
    let high = this.#edits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#edits[middle] as TextEdit).start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
