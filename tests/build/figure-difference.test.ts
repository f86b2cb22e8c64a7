import { expect, test } from "vitest";
import { figureDifferences } from "@/lib/build/figure-difference";
import type { StageFigures, StepFigures } from "@/lib/build/figures";
import { formatDuration } from "@/lib/build/format";
import { formatDifference } from "@/lib/build/size-difference";

const step = (instruction: number, milliseconds: number | null): StepFigures => ({
  instruction,
  status: milliseconds === null ? "cached" : "done",
  milliseconds,
  bytes: null,
});
const stage = (size: number | null, ...steps: StepFigures[]): StageFigures => ({
  ships: false,
  size,
  base: null,
  image: null,
  steps,
});
const build = (took: number | null, ...stages: StageFigures[]) => ({
  startedAt: took === null ? null : 1000,
  endedAt: 1000 + (took ?? 0),
  figures: { stages, context: null },
});

const before = build(9000, stage(800, step(1, 4000), step(2, 2000)), stage(5, step(1, 100)));
const after = build(1000, stage(7, step(1, null)), stage(900, step(1, null), step(2, 500)));

test("each pair of stages in time, size and steps, and the whole", () => {
  const pairs = [
    { before: 0, after: 1 },
    { before: 1, after: null },
    { before: null, after: 0 },
  ];
  const nothing = { before: null, after: null, more: null };
  expect(figureDifferences(pairs, before, after)).toEqual({
    stages: [
      {
        time: { before: 6000, after: 500, more: -5500 },
        size: { before: 800, after: 900, more: 100 },
        ran: { before: 2, after: 1, more: -1 },
        cached: { before: 0, after: 1, more: 1 },
      },
      {
        time: { ...nothing, before: 100 },
        size: { ...nothing, before: 5 },
        ran: { ...nothing, before: 1 },
        cached: { ...nothing, before: 0 },
      },
      {
        time: { ...nothing, after: 0 },
        size: { ...nothing, after: 7 },
        ran: { ...nothing, after: 0 },
        cached: { ...nothing, after: 1 },
      },
    ],
    whole: {
      time: { before: 9000, after: 1000, more: -8000 },
      cached: { before: 0, after: 2 / 3, more: 2 / 3 },
    },
  });
});

test("what is not known has no difference", () => {
  const never = build(null, stage(null));
  const { stages, whole } = figureDifferences([{ before: 0, after: 0 }], never, after);
  expect(stages[0]!.size).toEqual({ before: null, after: 7, more: null });
  expect(whole.time).toEqual({ before: null, after: 1000, more: null });
  expect(whole.cached.more).toBeNull();
});

test.each([
  [-5500, formatDuration, "−5.5 s"],
  [500, formatDuration, "+0.5 s"],
  [0, String, "±0"],
  [0.25, (share: number) => `${share * 100}%`, "+25%"],
])("a difference of %d is written %s", (more, format, text) => {
  expect(formatDifference(more, format)).toBe(text);
});
