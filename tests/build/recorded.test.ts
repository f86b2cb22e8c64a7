import { describe, expect, test } from "vitest";
import { applyEvents, createLogStore } from "../../lib/build/logs";
import { emptyBuild, reduceBuild } from "../../lib/build/reducer";
import { sizesOf } from "../../lib/build/sizes";
import { countSteps, timelineOf } from "../../lib/build/timeline";
import { recorded } from "./recorded";

const stateOf = (name: string) => reduceBuild(emptyBuild(), recorded(name));
const words = (name: string) => stateOf(name).stages.map((stage) => `${stage.name ?? "-"} ${stage.status}`);
const logOf = (name: string) => {
  const log = createLogStore();
  applyEvents(log, recorded(name));
  const view = log.all();
  return Array.from({ length: view.length }, (_, index) => view.line(index)!.text);
};

test.each([
  ["two-stages", "succeeded", ["builder done", "- done"]],
  ["cached", "succeeded", ["builder cached", "- cached"]],
  ["failing", "failed", ["builder failed", "docs done", "- canceled"]],
  ["canceled", "canceled", ["builder canceled", "- canceled"]],
  ["twins", "succeeded", ["base done", "left done", "right done", "unused done", "- done"]],
])("%s ends %s", (name, status, stages) => {
  expect(stateOf(name).status).toBe(status);
  expect(words(name)).toEqual(stages);
});

test.each(["two-stages", "cached", "failing", "canceled", "twins"])(
  "%s: event by event is the same as at once",
  (name) => {
    const events = recorded(name);
    const stepwise = events.reduce((state, event) => reduceBuild(state, [event]), emptyBuild());
    expect(stepwise).toEqual(stateOf(name));
    expect(reduceBuild(stepwise, events)).toBe(stepwise);
  },
);

test("the log of a step, line by line", () => {
  expect(logOf("two-stages")).toEqual(["scan hello.sh", "parse hello.sh", "link hello.sh"]);
  expect(logOf("failing")).toContain("hello.sh:2: syntax error");
});

test("the failed step is where it says", () => {
  const { stages, error } = stateOf("failing");
  expect(stages[0]).toMatchObject({ current: 3, lastLine: "hello.sh:2: syntax error" });
  expect(stages[0]?.steps[3]?.status).toBe("failed");
  expect(error).toMatchObject({ exitCode: 3, place: { stage: 0, instruction: 3 } });
});

describe("timeline", () => {
  const lanes = (name: string) => {
    const state = stateOf(name);
    const { lanes } = timelineOf(
      state,
      state.stages.map((stage) => stage.name ?? "last"),
    );
    return lanes.map((lane) => `${lane.label}: ${lane.bars.map((bar) => bar.kind).join(" ")}`);
  };
  test.each<[string, string[]]>([
    [
      "two-stages",
      [
        "prepare: aside aside aside",
        "build context: aside",
        "busybox: pull",
        "builder: ran ran ran",
        "last: ran",
        "export: ran",
      ],
    ],
    [
      "cached",
      [
        "prepare: aside aside aside",
        "build context: aside",
        "busybox: pull",
        "builder: cached cached cached",
        "last: cached",
        "export: ran",
      ],
    ],
    ["canceled", ["prepare: aside aside aside", "busybox: cached", "builder: canceled", "last: "]],
    [
      "twins",
      [
        "prepare: aside aside aside",
        "busybox: cached",
        "base: ran",
        "left: ran ran",
        "right: ran ran",
        "unused: ran",
        "last: ran ran",
        "export: ran",
      ],
    ],
  ])("lanes of %s", (name, expected) => expect(lanes(name)).toEqual(expected));

  test("reaches from the start of the build to its end, every bar within", () => {
    const state = stateOf("twins");
    const { lanes, known } = timelineOf(state, []);
    expect(Math.abs(known - (state.endedAt! - state.startedAt!))).toBeLessThan(2);
    for (const bar of lanes.flatMap((lane) => lane.bars)) {
      expect(bar.start).toBeGreaterThanOrEqual(0);
      expect(bar.end!).toBeLessThanOrEqual(known);
    }
  });

  test("a step that two stages share is counted once, and says so", () => {
    expect(countSteps(stateOf("twins"))).toMatchObject({ ran: 7, cached: 0 });
    const shared = timelineOf(stateOf("twins"), [])
      .lanes.flatMap((lane) => lane.bars)
      .filter((bar) => bar.place && bar.shared > 0);
    expect(shared.map((bar) => [bar.kind, bar.place])).toEqual([
      ["cached", { stage: 0, instruction: 0 }],
      ["ran", { stage: 1, instruction: 1 }],
      ["ran", { stage: 2, instruction: 1 }],
    ]);
  });
});

test("sizes on one scale", () => {
  const { rows, scale, known } = sizesOf(stateOf("two-stages"));
  expect([scale, known]).toEqual([5_054_539, 2]);
  expect(rows[0]).toMatchObject({ size: 5_054_539, base: 1_982_485, ships: false, smaller: null });
  expect(rows[0]?.parts).toEqual([
    { instruction: 2, bytes: 27 },
    { instruction: 3, bytes: 3_072_027 },
  ]);
  expect(rows[1]).toMatchObject({ size: 1_982_512, ships: true, unknown: null });
  expect(rows[1]?.smaller).toBeCloseTo(2.55, 2);
});

test("a size that is not known says why", () => {
  expect(sizesOf(stateOf("failing")).rows.map((row) => row.unknown)).toEqual([
    "its build failed",
    null,
    "the build ended before it was done",
  ]);
});
