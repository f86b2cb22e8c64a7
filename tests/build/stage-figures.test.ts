import { describe, expect, test } from "vitest";
import { emptyBuild, reduceBuild } from "@/lib/build/reducer";
import { stageFigures, stageTotal } from "@/lib/build/stage-figures";
import { at, finished, numbered, plan, size, started, vertex } from "./events";
import { recorded } from "./recorded";

const places = { base: [at(0, 0)], make: [at(0, 1)], test: [at(0, 2)], copy: [at(1, 1)] };
const state = reduceBuild(
  emptyBuild(),
  numbered([
    started,
    plan(["builder", null], places),
    vertex("base", {
      name: "[builder 1/3] FROM docker.io/library/go:1@sha256:ab",
      started: 0,
      completed: 40,
    }),
    vertex("make", { started: 100, completed: 350 }),
    vertex("test", { cached: true, started: 350, completed: 350 }),
    vertex("copy", { name: "[stage-1 2/2] LINK COPY a b", started: 400, completed: 401, error: "no" }),
    size(0, 10, [
      [null, 10],
      [1, 7],
    ]),
    finished("failed"),
  ]),
);

test("figures of a build: by stage and step, with base image, time, bytes and what was joined", () => {
  expect(
    stageFigures(state, (stage, instruction) => (stage === 1 ? `files-${instruction}` : undefined)),
  ).toEqual([
    {
      ships: false,
      size: 17,
      base: 10,
      image: "docker.io/library/go:1@sha256:ab",
      steps: [
        { instruction: 0, status: "done", milliseconds: 40, bytes: 0 },
        { instruction: 1, status: "done", milliseconds: 250, bytes: 7 },
        { instruction: 2, status: "cached", milliseconds: null, bytes: 0 },
      ],
    },
    {
      ships: true,
      size: null,
      base: null,
      image: null,
      steps: [
        { instruction: 1, status: "failed", milliseconds: null, bytes: null, joins: true, files: "files-1" },
      ],
    },
  ]);
});

describe("totals of a stage", () => {
  const step = (
    instruction: number,
    status: "done" | "cached" | "failed",
    milliseconds: number | null = null,
  ) => ({
    instruction,
    status,
    milliseconds,
    bytes: null,
  });
  test.each([
    ["nothing", [], { milliseconds: 0, ran: 0, cached: 0, failed: 0 }],
    [
      "a pull, which takes time and is no instruction",
      [step(0, "done", 40)],
      { milliseconds: 40, ran: 0, cached: 0, failed: 0 },
    ],
    [
      "of each kind",
      [step(0, "cached"), step(1, "done", 5), step(2, "cached"), step(3, "done", 7), step(4, "failed")],
      { milliseconds: 12, ran: 2, cached: 1, failed: 1 },
    ],
  ])("%s", (_what, steps, total) => expect(stageTotal({ steps })).toEqual(total));

  test("of a build as it came from a host", () => {
    const twins = reduceBuild(emptyBuild(), recorded("twins"));
    const totals = stageFigures(twins).map(stageTotal);
    expect(totals).toHaveLength(twins.stages.length);
    for (const [index, { ran, cached, failed }] of totals.entries()) {
      const steps = Object.values(twins.stages[index]!.steps).filter(({ instruction }) => instruction > 0);
      expect(ran + cached + failed).toBe(steps.length);
    }
  });
});
