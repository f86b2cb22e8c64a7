import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyEdits,
  composeEdits,
  diffToEdit,
  invertEdits,
  normaliseEdits,
  OffsetMap,
  type TextEdit,
} from "../../lib/text";
import { RUNS } from "../laws";

const text = fc.string({ unit: fc.constantFrom("a", "b", "\n", "é", "😀"), maxLength: 30 });

/** Edits that fit a text, sorted and disjoint. */
function editsOf(source: string): fc.Arbitrary<TextEdit[]> {
  const cut = fc.tuple(fc.nat(source.length), fc.nat(source.length), text);
  return fc.array(cut, { maxLength: 5 }).map((cuts) => {
    const offsets: number[] = [];
    for (const [start, end] of cuts) offsets.push(start, end);
    offsets.sort((a, b) => a - b);
    return normaliseEdits(
      cuts.map(([, , written], index) => ({
        start: offsets[index * 2] as number,
        end: offsets[index * 2 + 1] as number,
        text: written,
      })),
    );
  });
}

const edited = text.chain((source) => fc.tuple(fc.constant(source), editsOf(source)));

describe("edits", () => {
  it("put their text where they say", () => {
    const edits = [
      { start: 0, end: 0, text: "> " },
      { start: 2, end: 4, text: "" },
      { start: 5, end: 6, text: "xyz" },
    ];
    expect(applyEdits("abcdefg", edits)).toBe("> abexyzg");
  });

  it("refuses edits that overlap, run backwards or reach outside", () => {
    expect(() =>
      normaliseEdits([
        { start: 0, end: 3, text: "" },
        { start: 2, end: 4, text: "" },
      ]),
    ).toThrow(RangeError);
    expect(() => applyEdits("abc", [{ start: 2, end: 4, text: "" }])).toThrow(RangeError);
    expect(() => applyEdits("abc", [{ start: 2, end: 1, text: "" }])).toThrow(RangeError);
  });

  it("keeps insertions at one place in their order", () => {
    const edits = normaliseEdits([
      { start: 1, end: 1, text: "x" },
      { start: 1, end: 1, text: "y" },
    ]);
    expect(edits).toEqual([{ start: 1, end: 1, text: "xy" }]);
  });

  it("are undone by their inverse", () => {
    fc.assert(
      fc.property(edited, ([source, edits]) => {
        expect(applyEdits(applyEdits(source, edits), invertEdits(source, edits))).toBe(source);
      }),
      RUNS,
    );
  });

  it("compose to one list that does both", () => {
    const both = edited.chain(([source, first]) =>
      fc.tuple(fc.constant(source), fc.constant(first), editsOf(applyEdits(source, first))),
    );
    fc.assert(
      fc.property(both, ([source, first, second]) => {
        const composed = composeEdits(first, second);
        expect(normaliseEdits(composed)).toEqual(composed);
        expect(applyEdits(source, composed)).toBe(applyEdits(applyEdits(source, first), second));
      }),
      RUNS,
    );
  });

  it("map offsets outside what they replace to the same character", () => {
    fc.assert(
      fc.property(edited, fc.nat(30), ([source, edits], at) => {
        const offset = Math.min(at, source.length);
        fc.pre(edits.every((edit) => offset < edit.start || offset >= edit.end));
        const after = applyEdits(source, edits);
        expect(after.slice(new OffsetMap(edits).at(offset, 1))).toBe(
          applyEdits(
            source.slice(offset),
            edits
              .filter((edit) => edit.start > offset || (edit.start === offset && edit.end > edit.start))
              .map((edit) => ({ ...edit, start: edit.start - offset, end: edit.end - offset })),
          ),
        );
      }),
      RUNS,
    );
  });

  it.each([
    ["inside goes to the start", 3, -1, 2],
    ["inside goes to the end", 3, 1, 5],
    ["at an insertion stays before", 6, -1, 7],
    ["at an insertion goes behind", 6, 1, 9],
    ["before", 1, 1, 1],
    ["behind", 8, 1, 11],
  ] as const)("an offset %s", (_, offset, assoc, expected) => {
    const edits = [
      { start: 2, end: 4, text: "XYZ" },
      { start: 6, end: 6, text: "--" },
    ];
    expect(new OffsetMap(edits).at(offset, assoc)).toBe(expected);
  });
});

describe("offsets", () => {
  /** The same, one edit after the other. */
  function slowly(edits: readonly TextEdit[], offset: number, assoc: -1 | 1): number {
    let shift = 0;
    for (const { start, end, text } of edits) {
      if (start > offset || (start === offset && end > start)) break;
      if (start === end ? start === offset : offset < end)
        return start + shift + (assoc === 1 ? text.length : 0);
      shift += text.length - (end - start);
    }
    return offset + shift;
  }

  it("go where one edit after the other takes them", () => {
    const places = edited.chain(([source, edits]) => fc.tuple(fc.constant(edits), fc.nat(source.length)));
    fc.assert(
      fc.property(places, fc.constantFrom<(-1 | 1)[]>(-1, 1), ([edits, offset], assoc) => {
        const map = new OffsetMap(edits);
        expect(map.at(offset, assoc)).toBe(slowly(edits, offset, assoc));
        expect(map.removes(offset)).toBe(edits.some(({ start, end }) => start <= offset && offset < end));
      }),
      RUNS,
    );
  });
});

describe("diffToEdit", () => {
  it.each([
    ["same", "abc", "abc", null],
    ["insertion", "ac", "abc", { start: 1, end: 1, text: "b" }],
    ["deletion", "abc", "ac", { start: 1, end: 2, text: "" }],
    ["repetition", "aa", "aaa", { start: 2, end: 2, text: "a" }],
    ["half a pair", "😀", "😁", { start: 0, end: 2, text: "😁" }],
  ])("%s", (_, before, after, edit) => {
    expect(diffToEdit(before, after)).toEqual(edit);
  });

  it("turns one text into the other", () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edit = diffToEdit(before, after);
        expect(applyEdits(before, edit === null ? [] : [edit])).toBe(after);
      }),
      RUNS,
    );
  });
});
