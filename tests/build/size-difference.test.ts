import { describe, expect, it, test } from "vitest";
import { formatDifference, sizeDifferences, stepDifference } from "@/lib/build/size-difference";

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

  const built = (...bytes: (number | null)[]) => ({
    figures: {
      context: null,
      stages: [
        {
          ships: true,
          size: 1,
          base: 1,
          image: null,
          steps: bytes.map((each, at) => ({
            instruction: at + 1,
            status: "done" as const,
            milliseconds: 1,
            bytes: each,
          })),
        },
      ],
    },
  });
  const step = (instruction: number) => ({ stage: 0, instruction });
  const old = built(10, 20, null);
  const now = built(25, 5);
  test.each([
    ["grew", old, step(1), now, step(1), 15],
    ["moved and shrank", old, step(1), now, step(2), -5],
    ["new", old, null, now, step(2), 5],
    ["gone", old, step(2), now, null, -20],
    ["not weighed", old, step(3), now, step(1), null],
    ["without a step", old, step(9), now, step(1), null],
    ["never built before", null, step(1), now, step(1), null],
    ["not built now", old, step(1), null, step(1), null],
  ])("of an instruction that is %s", (_, before, was, after, is, more) => {
    expect(stepDifference(before, was, after, is)).toBe(more);
  });

  test.each([
    [12_000_000, "+12MB"],
    [-797_000_000, "−797MB"],
    [0, "±0B"],
  ])("%d is %s", (bytes, said) => expect(formatDifference(bytes)).toBe(said));
});
