import { describe, expect, it, test } from "vitest";
import { formatDifference, sizeDifferences } from "@/lib/build/size-difference";

describe("sizes of two versions", () => {
  const one = { sizes: { 0: 800_000_000 }, shipped: 800_000_000 };
  const two = { sizes: { 0: 805_000_000, 1: 7_500_000 }, shipped: 7_500_000 };
  const pairs = [
    { before: 0, after: 0 },
    { before: null, after: 1 },
  ];

  it("stand on one scale, a difference where both are known", () => {
    expect(sizeDifferences(pairs, one, two)).toEqual({
      stages: [
        { before: 800_000_000, after: 805_000_000, more: 5_000_000 },
        { before: null, after: 7_500_000, more: null },
      ],
      shipped: { before: 800_000_000, after: 7_500_000, more: -792_500_000 },
      scale: 805_000_000,
    });
  });

  it("say nothing of a version that was not built", () => {
    const { stages, shipped, scale } = sizeDifferences(pairs, null, two);
    expect(stages[0]).toEqual({ before: null, after: 805_000_000, more: null });
    expect(shipped.more).toBeNull();
    expect(scale).toBe(805_000_000);
    expect(sizeDifferences(pairs, null, null).scale).toBe(0);
  });

  test.each([
    [12_000_000, "+12MB"],
    [-797_000_000, "−797MB"],
    [0, "±0B"],
  ])("%d is %s", (bytes, said) => expect(formatDifference(bytes)).toBe(said));
});
