import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { alignLists, applyEdits, diffLines } from "@/lib/text";
import { PATIENCE, RUNS } from "../laws";

const letters = (text: string) => [...text];

/** As "a", "-b", "+c". */
function shown(before: string, after: string): string {
  const [old, now] = [letters(before), letters(after)];
  return alignLists(old, now)
    .map(([i, j]) => (i === null ? `+${now[j!]}` : j === null ? `-${old[i]}` : old[i]))
    .join(" ");
}

describe("two lists side by side", () => {
  test.each<{ before: string; after: string; aligned: string }>([
    { before: "", after: "", aligned: "" },
    { before: "abc", after: "abc", aligned: "a b c" },
    { before: "abc", after: "ac", aligned: "a -b c" },
    { before: "ac", after: "abc", aligned: "a +b c" },
    { before: "abc", after: "axc", aligned: "a -b +x c" },
    { before: "ab", after: "xy", aligned: "-a -b +x +y" },
    { before: "abcd", after: "acbd", aligned: "a -b c +b d" },
    { before: "", after: "ab", aligned: "+a +b" },
  ])("$before and $after", ({ before, after, aligned }) => {
    expect(shown(before, after)).toBe(aligned);
  });

  it("finds what is unique in both where the lists are too long for a table", () => {
    const list = (skip: number) =>
      Array.from({ length: 3000 }, (_, at) => `${at}`).filter((_, at) => at % skip !== 0);
    const aligned = alignLists(list(7), list(11));
    const both = aligned.filter(([i, j]) => i !== null && j !== null).length;
    expect(both).toBe(3000 - Math.ceil(3000 / 7) - Math.ceil(3000 / 11) + Math.ceil(3000 / 77));
  });
});

describe("laws", PATIENCE, () => {
  const list = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 12 });

  it("has every place once, in order, and pairs only equals, as many as there can be", () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const aligned = alignLists(before, after);
        expect(aligned.flatMap(([i]) => (i === null ? [] : [i]))).toEqual([...before.keys()]);
        expect(aligned.flatMap(([, j]) => (j === null ? [] : [j]))).toEqual([...after.keys()]);
        const pairs = aligned.filter(([i, j]) => i !== null && j !== null);
        for (const [i, j] of pairs) expect(before[i!]).toBe(after[j!]);
        expect(pairs).toHaveLength(longest(before, after));
      }),
      RUNS,
    );
  });

  it("pairs the same places from the other side", () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const pairs = (a: string[], b: string[]) => alignLists(a, b).filter((pair) => !pair.includes(null));
        expect(pairs(after, before).map(([j, i]) => [i, j])).toEqual(pairs(before, after));
      }),
      RUNS,
    );
  });

  it("makes edits of lines that lead from one text to the other", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "\n", "\n", "\r\n"), { maxLength: 16 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applyEdits(before, diffLines(before, after))).toBe(after);
        expect(diffLines(before, before)).toEqual([]);
      }),
      RUNS,
    );
  });
});

/** Length of the longest common subsequence, by trying. */
function longest(a: readonly string[], b: readonly string[]): number {
  const known = new Map<string, number>();
  const from = (i: number, j: number): number => {
    if (i === a.length || j === b.length) return 0;
    const key = `${i} ${j}`;
    const there = known.get(key);
    if (there !== undefined) return there;
    const found = a[i] === b[j] ? 1 + from(i + 1, j + 1) : Math.max(from(i + 1, j), from(i, j + 1));
    known.set(key, found);
    return found;
  };
  return from(0, 0);
}
