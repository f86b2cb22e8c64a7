import { expect, test } from "vitest";
import { emptyBuild, reduceBuild } from "../../lib/build/reducer";
import { type Bar, placeBars, ticksFor, timelineOf } from "../../lib/build/timeline";
import { at, finished, numbered, plan, started, vertex } from "./events";

const bar = (start: number, end: number | null): Bar => ({
  key: `${start}`,
  digest: "a",
  place: null,
  kind: "ran",
  name: "",
  start,
  end,
  shared: 0,
});

test.each<[string, Bar[], [number, number][]]>([
  [
    "to scale",
    [bar(0, 100), bar(200, 300)],
    [
      [0, 10],
      [20, 10],
    ],
  ],
  [
    "too short to see",
    [bar(0, 1), bar(300, 400)],
    [
      [0, 4],
      [30, 10],
    ],
  ],
  [
    "many short ones stand beside each other",
    [bar(0, 0), bar(0, 0), bar(0, 0), bar(100, 200)],
    [
      [0, 4],
      [5, 4],
      [10, 4],
      [15, 5],
    ],
  ],
  ["one that runs reaches to now", [bar(100, null)], [[10, 40]]],
])("bars: %s", (_, bars, expected) => {
  expect(placeBars(bars, 0.1, 500, 4).map(({ left, width }) => [left, width])).toEqual(expected);
});

test.each([
  [1000, 4, [0, 500, 1000]],
  [10_000, 5, [0, 2000, 4000, 6000, 8000, 10_000]],
  [61_000, 5, [0, 15_000, 30_000, 45_000, 60_000]],
  [3, 10, [0]],
  [20 * 3_600_000, 4, [0, 18_000_000, 36_000_000, 54_000_000, 72_000_000]],
])("ticks for %d ms, at most %d", (duration, most, ticks) => expect(ticksFor(duration, most)).toEqual(ticks));

test("runs close together are one bar, others several", () => {
  const state = reduceBuild(
    emptyBuild(),
    numbered([
      started,
      plan(["a"], { x: [at(0, 1)] }),
      vertex("x", { started: 100_000, completed: 100_010 }),
      vertex("x", { started: 100_020, completed: 100_500 }),
      vertex("x", { started: 102_000 }),
    ]),
  );
  const [lane] = timelineOf(state, ["a"]).lanes;
  expect(lane?.bars.map((each) => each.end && each.end - each.start)).toEqual([500, null]);
});

test("a stage that the target does not need has no lane", () => {
  const state = reduceBuild(
    emptyBuild(),
    numbered([started, plan([{ name: "a", needed: false }, "b"], {}), finished("succeeded")]),
  );
  expect(timelineOf(state, ["a", "b"]).lanes.map((lane) => lane.label)).toEqual(["b"]);
});

test("what another build had begun before is shown from this one's start", () => {
  const begin = 100_000;
  const state = reduceBuild(
    emptyBuild(),
    numbered([
      started,
      plan(["a"], { old: [at(0, 1)], own: [at(0, 2)] }),
      vertex("old", { started: begin - 90_000, completed: begin - 89_000, cached: true }),
      vertex("own", { started: begin + 2_000, completed: begin + 3_000 }),
      finished("succeeded"),
    ]),
  );
  const { known, lanes } = timelineOf(state, ["a"]);
  expect(known).toBe(4_000);
  expect(lanes.flatMap(({ bars }) => bars.map(({ start, end }) => [start, end]))).toEqual([
    [0, 0],
    [2_000, 3_000],
  ]);
});
