import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BuildEventBody } from "../../lib/build/events";
import { emptyBuild, reduceBuild } from "../../lib/build/reducer";
import { bytesAt, stepAt } from "../../lib/build/state";
import { PATIENCE, RUNS } from "../laws";
import { anyEvents, anySplit, at, finished, log, numbered, plan, size, started, vertex } from "./events";

const run = (...bodies: BuildEventBody[]) => reduceBuild(emptyBuild(), numbered(bodies));
const ran = (digest: string, from: number, to: number) => vertex(digest, { started: from, completed: to });
const cached = (digest: string, when: number) =>
  vertex(digest, { started: when, completed: when, cached: true });
const two = plan(["builder", "production"], {
  go: [at(0, 0)],
  compile: [at(0, 1)],
  copy: [at(1, 1)],
});

describe("laws", () => {
  test("any split into batches gives the same state", PATIENCE, () => {
    fc.assert(
      fc.property(
        anyEvents.chain((events) => fc.tuple(fc.constant(events), anySplit(events))),
        ([events, batches]) => {
          expect(batches.reduce(reduceBuild, emptyBuild())).toEqual(reduceBuild(emptyBuild(), events));
        },
      ),
      RUNS,
    );
  });

  test("replaying from any point before the end changes nothing", PATIENCE, () => {
    fc.assert(
      fc.property(anyEvents, fc.nat(), (events, from) => {
        const state = reduceBuild(emptyBuild(), events);
        expect(reduceBuild(state, events.slice(from % (events.length + 1)))).toBe(state);
      }),
      RUNS,
    );
  });

  test("what went in before is not written to", PATIENCE, () => {
    fc.assert(
      fc.property(anyEvents, anyEvents, (first, later) => {
        const state = reduceBuild(emptyBuild(), first);
        const before = structuredClone(state);
        reduceBuild(
          state,
          later.map((event) => ({ ...event, seq: event.seq + first.length })),
        );
        expect(state).toEqual(before);
      }),
      RUNS,
    );
  });

  test("nothing waits or runs once the build is over", PATIENCE, () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const state = reduceBuild(emptyBuild(), [
          ...events,
          ...numbered([finished("canceled")], events.length + 1),
        ]);
        const words = [...state.stages, ...Object.values(state.vertices)].map((each) => each.status);
        expect(words).not.toContain("running");
        expect(words).not.toContain("waiting");
      }),
      RUNS,
    );
  });
});

describe("the word for a stage", () => {
  const done = [ran("go", 10, 20), ran("compile", 20, 90)];
  test.each<[string, BuildEventBody[], string[]]>([
    ["planned", [], ["waiting", "waiting"]],
    ["its first step runs", [vertex("go", { started: 10 })], ["running", "waiting"]],
    ["between two steps it waits", [ran("go", 10, 20)], ["waiting", "waiting"]],
    ["its steps are done", done, ["done", "waiting"]],
    [
      "all of its own steps came from the cache",
      [ran("go", 10, 20), cached("compile", 20)],
      ["cached", "waiting"],
    ],
    [
      "a step failed",
      [ran("go", 10, 20), vertex("compile", { started: 20, completed: 30, error: "exit code: 3" })],
      ["failed", "waiting"],
    ],
    [
      "BuildKit canceled it beside a failure",
      [vertex("copy", { started: 20, completed: 30, error: "context canceled" })],
      ["waiting", "canceled"],
    ],
    [
      "the build was canceled",
      [vertex("compile", { started: 10 }), finished("canceled")],
      ["canceled", "canceled"],
    ],
    ["the server went away", [ran("go", 10, 20), finished("interrupted")], ["canceled", "canceled"]],
    [
      "the base image is not there",
      [finished("failed", { message: "not found", place: at(1, 0) })],
      ["canceled", "failed"],
    ],
    [
      "a later step was cached, so these never ran",
      [cached("copy", 10), finished("succeeded")],
      ["cached", "cached"],
    ],
  ])("%s", (_, bodies, words) => {
    expect(run(started, two, ...bodies).stages.map((stage) => stage.status)).toEqual(words);
  });

  test("a stage that the target does not need is skipped, whatever happens", () => {
    const state = run(
      started,
      plan(["a", { name: "b", needed: false }], { x: [at(0, 1), at(1, 1)] }),
      ran("x", 1, 2),
    );
    expect(state.stages.map((stage) => stage.status)).toEqual(["done", "skipped"]);
  });

  test("a stage with nothing to run is done when it was weighed", () => {
    const events = [started, plan(["alone"], {})];
    expect(run(...events).stages[0]?.status).toBe("waiting");
    expect(run(...events, size(0, 5, [[null, 5]])).stages[0]?.status).toBe("done");
    expect(run(...events, finished("succeeded")).stages[0]?.status).toBe("done");
  });
});

describe("steps", () => {
  test("a vertex that two stages share is a step of both", () => {
    const state = run(
      started,
      plan(["a", "b"], { twin: [at(0, 1), at(1, 2)] }),
      vertex("twin", { started: 5 }),
    );
    expect(stepAt(state, 0, 1)?.status).toBe("running");
    expect(stepAt(state, 1, 2)?.status).toBe("running");
    expect(state.stages.map((stage) => stage.current)).toEqual([1, 2]);
  });

  test.each<[string, BuildEventBody[], string]>([
    ["one done, one waits", [ran("get", 1, 2)], "running"],
    ["one done, one runs", [ran("get", 1, 2), vertex("put", { started: 3 })], "running"],
    ["both done", [ran("get", 1, 2), ran("put", 3, 4)], "done"],
    ["one cached, one done", [cached("get", 1), ran("put", 3, 4)], "done"],
    ["both cached", [cached("get", 1), cached("put", 2)], "cached"],
    ["one failed", [vertex("get", { started: 1, completed: 2, error: "404" })], "failed"],
  ])("two vertices make one step: %s", (_, bodies, word) => {
    const state = run(started, plan(["a"], { get: [at(0, 1)], put: [at(0, 1)] }), ...bodies);
    expect(stepAt(state, 0, 1)?.status).toBe(word);
  });

  test("a vertex that runs again runs again", () => {
    const state = run(started, two, ran("go", 10, 20), vertex("go", { started: 40 }));
    expect(state.vertices.go).toMatchObject({
      status: "running",
      started: 40,
      completed: null,
      runs: [
        { started: 10, completed: 20 },
        { started: 40, completed: null },
      ],
    });
    expect(stepAt(state, 0, 0)?.started).toBe(10);
  });

  test("a stage's times reach from its first step to its last", () => {
    const state = run(started, two, ran("go", 10, 20), ran("compile", 30, 90));
    expect(state.stages[0]).toMatchObject({ started: 10, completed: 90 });
  });
});

describe("the last line", () => {
  test.each<[string, BuildEventBody[], string, number]>([
    ["whole lines", [log("compile", "one\ntwo\n")], "two", 2],
    ["a line in pieces", [log("compile", "on"), log("compile", "e\nt"), log("compile", "wo")], "two", 2],
    ["blank lines say nothing", [log("compile", "one\n\n  \n")], "one", 3],
    [
      "a progress bar that overwrites itself",
      [log("compile", "10%\r50%\r"), log("compile", "100%\r")],
      "100%",
      1,
    ],
    ["a Windows line ending cut in two", [log("compile", "one\r"), log("compile", "\ntwo\r\n")], "two", 2],
    ["colours are left out", [log("compile", "\x1b[31mred\x1b[0m\n")], "red", 1],
    [
      "both streams at once",
      [log("compile", "out"), log("compile", "err", 2), log("compile", "put\n")],
      "output",
      2,
    ],
  ])("%s", (_, bodies, line, lines) => {
    const state = run(started, two, vertex("compile", { started: 1 }), ...bodies);
    expect(state.vertices.compile).toMatchObject({ lastLine: line, logLines: lines });
    expect(state.stages[0]?.lastLine).toBe(line);
  });
});

test("sizes belong to their stage and instruction", () => {
  const state = run(
    started,
    two,
    size(1, 100, [
      [null, 100],
      [1, 7],
      [1, 5],
      [2, 0],
    ]),
  );
  expect(state.stages[1]).toMatchObject({ size: 112, base: 100 });
  expect([bytesAt(state, 1, 1), bytesAt(state, 1, 2), bytesAt(state, 0, 1)]).toEqual([12, 0, null]);
});

test("a build has succeeded when it is built, and took as long as that; sizes come after it", () => {
  const built = [started, two, ran("go", 1, 2), { type: "built" as const }];
  const state = run(...built);
  const end = run(...built, size(1, 5, [[null, 5]]), finished("succeeded"));
  expect(state).toMatchObject({ status: "succeeded", endedAt: state.lastAt });
  expect(state.stages.map(({ status }) => status)).not.toContain("waiting");
  expect(end).toMatchObject({ status: "succeeded", endedAt: state.endedAt });
  expect(end.stages[1]?.size).toBe(5);
});

test("an untouched stage keeps its identity", () => {
  const before = run(started, two);
  const after = reduceBuild(before, numbered([vertex("copy", { started: 5 })], 3));
  expect(after.stages[0]).toBe(before.stages[0]);
  expect(after.stages[1]).not.toBe(before.stages[1]);
});

test("an untouched step keeps its identity beside one that moves", () => {
  const before = run(started, two, ran("go", 1, 2));
  const after = reduceBuild(before, numbered([vertex("compile", { started: 5 })], 4));
  expect(stepAt(after, 0, 0)).toBe(stepAt(before, 0, 0));
});

test("the host's clock is read from the fastest event", () => {
  const state = run(started, two, vertex("go", { started: 2000 }), ran("go", 2000, 5500));
  expect(state.clockOffset).toBe(97_500);
});

test("a host whose clock is set back during a step makes no step end before it began", () => {
  const state = reduceBuild(
    emptyBuild(),
    numbered([
      started,
      plan(["a"], { one: [at(0, 1)] }),
      vertex("one", { started: 5_000 }),
      vertex("one", { started: 5_000, completed: 1_000 }),
    ]),
  );
  expect(state.vertices.one).toMatchObject({
    started: 5_000,
    completed: 5_000,
    runs: [{ started: 5_000, completed: 5_000 }],
  });
});
