import { describe, expect, test } from "vitest";
import { Forecaster } from "../../lib/build/forecast/forecast";
import { buildOptionsSchema } from "../../lib/build/options";
import { forPlatform, perPlatform, platformStatus, platformToShow } from "../../lib/build/platforms";
import { emptyBuild, reduceBuild } from "../../lib/build/reducer";
import { stageFigures } from "../../lib/build/stage-figures";
import { parseDockerfile } from "../../lib/dockerfile";
import { at, finished, numbered, plan, size, started, vertex } from "./events";

const AMD = "linux/amd64";
const ARM = "linux/arm64";
const done = (digest: string, from: number, to: number) => vertex(digest, { started: from, completed: to });

/** `shared` is one step for both; the other one has its own for each. */
const places = { shared: [at(0, 1)], amd: [at(0, 2)], arm: [at(0, 2)] };
const both = plan(["app"], places);
const several = {
  ...both,
  platforms: [AMD, ARM],
  vertices: both.vertices.map((each) => ({
    ...each,
    platforms: each.digest === "shared" ? [AMD, ARM] : [each.digest === "amd" ? AMD : ARM],
  })),
};
const weigh = (platform: string, bytes: number) => ({ ...size(0, 10, [[2, bytes]]), platform });
const steps = [
  done("shared", 99_000, 99_500),
  done("amd", 99_500, 99_600),
  vertex("arm", { started: 99_500 }),
];
const run = (...more: Parameters<typeof numbered>[0]) =>
  reduceBuild(emptyBuild(), numbered([started, several, ...steps, ...more]));

describe("a build for several platforms", () => {
  test("joins what an instruction does for each", () => {
    const [app] = run().stages;
    expect([app!.steps[1]!.status, app!.steps[2]!.status]).toEqual(["done", "running"]);
    expect(app!.steps[2]!.vertices).toEqual(["amd", "arm"]);
  });

  test("is seen as a build for one of them", () => {
    const state = run(weigh(ARM, 7), weigh(AMD, 5));
    const [amd, arm] = [forPlatform(state, AMD), forPlatform(state, ARM)];
    expect([amd, arm].map(({ stages }) => [stages[0]!.steps[2]!.status, stages[0]!.size])).toEqual([
      ["done", 5],
      ["running", 7],
    ]);
    expect(amd.order).toEqual(["shared", "amd"]);
    expect(state.stages[0]!.size).toBe(5);
    expect(stageFigures(state)[0]).toMatchObject({ size: 5 });
    expect([AMD, ARM].map((each) => platformStatus(state, each))).toEqual(["done", "running"]);
  });

  test("keeps what stands still the same", () => {
    const state = run();
    const again = reduceBuild(state, numbered([{ type: "warning", message: "careful" }], state.seq + 1));
    expect(forPlatform(again, AMD).stages[0]).toBe(forPlatform(state, AMD).stages[0]);
  });

  test("shows the platform that failed, and the failure there alone", () => {
    const error = { message: "no", vertex: "arm", place: at(0, 2) };
    const state = run(
      vertex("arm", { started: 99_500, completed: 99_700, error: "exit code: 1" }),
      finished("failed", error),
    );
    expect(platformToShow(state, null)).toBe(ARM);
    expect(platformToShow(state, AMD)).toBe(AMD);
    expect(platformToShow(state, "linux/386")).toBe(ARM);
    expect([AMD, ARM].map((each) => forPlatform(state, each).stages[0]!.status)).toEqual(["done", "failed"]);
    expect(forPlatform(state, AMD).error).toEqual({ message: "no", vertex: "arm" });
  });

  test("is foretold by the platform where most is to be done", () => {
    const text = "FROM a\nARG TARGETARCH\nRUN echo $TARGETARCH\n";
    const options = (platform: string | null) => buildOptionsSchema.parse({ platform });
    const past = (platform: string) => ({
      ...{ id: platform, status: "succeeded" as const, createdAt: 1, startedAt: 1, endedAt: 2, text },
      options: options(platform),
      figures: {
        context: null,
        stages: [
          {
            ...{ ships: true, size: 1, base: 1, image: null },
            steps: [0, 2].map((instruction) => ({
              ...{ instruction, status: "done" as const, milliseconds: 5, bytes: 1 },
            })),
          },
        ],
      },
    });
    const outcome = (built: string, next: string) =>
      new Forecaster([past(built)])
        .forecast({ tree: parseDockerfile(text), options: options(next), files: null })
        .steps.map(({ outcome }) => outcome);
    expect(outcome(AMD, AMD)).toEqual(["cached"]);
    expect(outcome(AMD, `${AMD},${ARM}`)).toEqual(["runs"]);
    expect(outcome(`${ARM},${AMD}`, AMD)).toEqual(["cached"]);
    expect(perPlatform(options(AMD))[0]!.platform).toBe(AMD);
  });
});
