import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineIndex } from "../../lib/text";
import { PATIENCE, RUNS } from "../laws";

describe("LineIndex", () => {
  it("breaks at LF only, and counts the empty last line", () => {
    const lines = new LineIndex("a\r\nb\rc\n");
    expect(lines.lineCount).toBe(3);
    expect([1, 2, 3].map((line) => [lines.lineStart(line), lines.lineEnd(line)])).toEqual([
      [0, 2],
      [3, 6],
      [7, 7],
    ]);
  });

  it("has one line for an empty text", () => {
    const lines = new LineIndex("");
    expect([lines.lineCount, lines.lineAt(0), lines.lineEnd(1)]).toEqual([1, 1, 0]);
  });

  it("clamps places outside the text", () => {
    const lines = new LineIndex("ab\nc");
    expect([lines.offset(1, 99), lines.offset(0, 1), lines.offset(9, 1)]).toEqual([2, 0, 3]);
  });

  it("gives back the offset of each position", PATIENCE, () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r") }), fc.nat(40), (text, at) => {
        const lines = new LineIndex(text);
        const offset = Math.min(at, text.length);
        const { line, column } = lines.position(offset);
        expect(lines.offset(line, column)).toBe(offset);
        expect(line).toBe(text.slice(0, offset).split("\n").length);
      }),
      RUNS,
    );
  });
});
