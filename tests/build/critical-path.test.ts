import { expect, test } from "vitest";
import { criticalPath } from "../../lib/build/critical-path";
import type { Place } from "../../lib/build/events";
import { emptyBuild, reduceBuild } from "../../lib/build/reducer";
import { parseDockerfile } from "../../lib/dockerfile";
import { finished, numbered, plan, started, vertex } from "./events";
import { recorded, recordedText } from "./recorded";

const DIAMOND = `FROM busybox AS base
RUN a
FROM base AS left
RUN b
FROM base AS right
RUN c
RUN d
FROM scratch AS last
COPY --from=left /x /
COPY --from=right /y /
`;
const PLACES: Record<string, Place> = {
  a: { stage: 0, instruction: 1 },
  b: { stage: 1, instruction: 1 },
  c: { stage: 2, instruction: 1 },
  d: { stage: 2, instruction: 2 },
  e: { stage: 3, instruction: 1 },
  f: { stage: 3, instruction: 2 },
};

/** Each vertex with when it began and ended, in milliseconds. */
function path(text: string, times: Record<string, [number, number]>, stages: string[]) {
  const used = Object.fromEntries(Object.keys(times).map((digest) => [digest, [PLACES[digest]!]]));
  const state = reduceBuild(
    emptyBuild(),
    numbered([
      started,
      plan(stages, used),
      ...Object.entries(times).map(([digest, [from, to]]) =>
        vertex(digest, { started: from, completed: to, cached: from === to }),
      ),
    ]),
  );
  const { steps, duration } = criticalPath(state, parseDockerfile(text).stages);
  return [steps.map(({ vertices }) => vertices.join("+")).join(" "), duration];
}

test.each<[string, Record<string, [number, number]>, [string, number]]>([
  [
    "through the branch that ends last",
    { a: [0, 10], b: [10, 60], c: [10, 40], d: [40, 90], e: [60, 65], f: [90, 95] },
    ["a c d f", 95],
  ],
  [
    "through the other branch, where that is slower",
    { a: [0, 10], b: [10, 200], c: [10, 40], d: [40, 90], e: [200, 205], f: [205, 210] },
    ["a b e f", 210],
  ],
  [
    "cached steps take no part",
    { a: [0, 0], b: [1, 1], c: [0, 40], d: [40, 90], e: [1, 2], f: [90, 95] },
    ["c d f", 95],
  ],
  ["a build that is under way, so far", { a: [0, 10], b: [10, 60] }, ["a b", 60]],
  ["nothing yet", {}, ["", 0]],
])("the critical path goes %s", (_, times, expected) => {
  const begun = Object.keys(times).length > 0 && !("f" in times);
  const text = begun ? DIAMOND.replace(/FROM base AS right[\s\S]*/, "") : DIAMOND;
  const stages = begun ? ["base", "left"] : ["base", "left", "right", "last"];
  expect(path(text, times, stages)).toEqual(expected);
});

test("the critical path goes through what came from the cache without a word of when", () => {
  const state = reduceBuild(
    emptyBuild(),
    numbered([
      started,
      plan(
        ["base", "left", "right", "last"],
        Object.fromEntries(Object.entries(PLACES).map(([digest, at]) => [digest, [at]])),
      ),
      ...[["a", 0, 10] as const, ["b", 10, 60] as const].map(([digest, from, to]) =>
        vertex(digest, { started: from, completed: to }),
      ),
      finished("succeeded"),
    ]),
  );
  const { steps } = criticalPath(state, parseDockerfile(DIAMOND).stages);
  expect(steps.flatMap(({ vertices }) => vertices)).toEqual(["a", "b"]);
});

test("of a real build: what compiled, and what was copied of it", () => {
  const state = reduceBuild(emptyBuild(), recorded("two-stages"));
  const { steps } = criticalPath(state, parseDockerfile(recordedText("two-stages")).stages);
  expect(steps.map(({ stage, instruction }) => `${stage}:${instruction}`)).toEqual(
    expect.arrayContaining(["0:3", "1:1"]),
  );
  expect(steps.at(-1)).toMatchObject({ stage: 1, instruction: 1 });
});
