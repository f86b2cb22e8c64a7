/** What runs anew is tried on real engines (tests/engine/forecast.test.ts); here is what is said of it, and of time. */
import { describe, expect, test } from "vitest";
import { buildOptionsSchema } from "../../lib/build/events";
import type { PastBuild } from "../../lib/build/figures";
import { Forecaster } from "../../lib/build/forecast/forecast";
import { remainingInWords, remainingOf } from "../../lib/build/forecast/remaining";
import { forecastInWords, summaryOf } from "../../lib/build/forecast/words";
import { emptyBuild, reduceBuild } from "../../lib/build/reducer";
import { transferInWords, transferOf } from "../../lib/build/transfer";
import { parseDockerfile } from "../../lib/dockerfile";
import { numbered, plan, started, vertex } from "./events";

const TEXT = `FROM golang AS build
RUN download
RUN compile
FROM golang AS test
RUN lint
FROM alpine
COPY --from=build /app /
RUN check
CMD /app
`;

/** A build in which each step but the cached ones took these seconds. */
function past(text: string, seconds: Record<string, number>, cached: string[] = []): PastBuild {
  const { stages } = parseDockerfile(text);
  return {
    ...{ id: "1", status: "succeeded", createdAt: 0, startedAt: 0, endedAt: 1, text },
    options: buildOptionsSchema.parse({}),
    figures: {
      context: null,
      stages: stages.map(({ index, instructions }) => ({
        ...{ ships: false, size: null, base: null, image: null },
        steps: instructions.flatMap(({ keyword, indexInStage }) => {
          if (keyword !== "RUN" && keyword !== "COPY") return [];
          const place = `${index}:${indexInStage}`;
          const status = cached.includes(place) ? ("cached" as const) : ("done" as const);
          const took = seconds[place] === undefined || status === "cached" ? null : seconds[place] * 1000;
          return [{ instruction: indexInStage, status, milliseconds: took, bytes: null }];
        }),
      })),
    },
  };
}

const TOOK = { "0:1": 10, "0:2": 20, "1:1": 15, "2:1": 1, "2:2": 2 };
const BUILT = past(TEXT, TOOK);

function forecast(text: string, builds: PastBuild[] = [BUILT], edited?: [number, number]) {
  return new Forecaster(builds).forecast({
    tree: parseDockerfile(text),
    options: buildOptionsSchema.parse({}),
    files: null,
    ...(edited && { edited: { stage: edited[0], instruction: edited[1] } }),
  });
}

describe("a forecast in words", () => {
  test.each<[string, string, string]>([
    ["nothing", TEXT, "Nothing rebuilds"],
    ["what is not run", TEXT.replace("CMD /app", "CMD /bin"), "Nothing rebuilds"],
    [
      "stages side by side take as long as the longest",
      TEXT.replace("download", "download -v").replace("lint", "lint -v"),
      "3 steps rebuild, about 30.0 s by earlier builds; 2 more if the files copied from another stage change",
    ],
    [
      "a new one",
      TEXT.replace("RUN check\n", "RUN check\nRUN new\n"),
      "1 step rebuilds, how long is not known",
    ],
    [
      "new ones among others",
      TEXT.replace("RUN lint\n", "RUN lint -v\nRUN new\n"),
      "2 steps rebuild, about 15.0 s by earlier builds and 1 of unknown length",
    ],
  ])("%s", (_, text, words) => {
    expect(forecastInWords(summaryOf(forecast(text)))).toBe(words);
  });

  test("of an edit that one thinks of, and what lies before the last build", () => {
    const rows = ({ steps }: ReturnType<typeof forecast>) =>
      steps.flatMap(({ stage, instruction, outcome }) =>
        outcome === "cached" ? [] : [`${stage}:${instruction} ${outcome}`],
      );
    expect(rows(forecast(TEXT, [BUILT], [0, 2]))).toEqual(["0:2 runs", "2:1 maybe", "2:2 maybe"]);
    expect(rows(forecast(TEXT, [BUILT], [2, 3]))).toEqual([]);
    // Taken back: the build before the last one had it.
    const other = past(TEXT.replace("compile", "compile -v"), TOOK);
    expect(rows(forecast(TEXT, [other]))).toEqual(["0:2 runs", "2:1 maybe", "2:2 maybe"]);
    expect(rows(forecast(TEXT, [other, BUILT]))).toEqual([]);
  });

  test("what ONBUILD adds to a stage that the target does not need is known as well", () => {
    const text = "FROM a AS base\nONBUILD RUN one\nFROM base AS other\nRUN two\nFROM a\nRUN three\n";
    const { steps } = forecast(text.replace("RUN one", "RUN 1"), [past(text, {})]);
    expect(steps.map(({ stage, outcome }) => [stage, outcome])).toEqual([
      [1, "runs"],
      [2, "cached"],
    ]);
  });
});

test("what is left of a build is what its steps took, less what they have run already", () => {
  const text = TEXT.replace("RUN compile", "RUN compile -v");
  const after = forecast(text);
  const state = reduceBuild(
    emptyBuild(),
    numbered([
      started,
      plan(["build", "test", null], {
        a: [{ stage: 0, instruction: 1 }],
        b: [{ stage: 0, instruction: 2 }],
        c: [{ stage: 1, instruction: 1 }],
        d: [{ stage: 2, instruction: 1 }],
        e: [{ stage: 2, instruction: 2 }],
      }),
      vertex("a", { started: 100_000, completed: 100_001, cached: true }),
      vertex("c", { started: 100_000, completed: 100_001, cached: true }),
      vertex("b", { started: 100_000 }),
    ]),
  );
  const left = (now: number, stage?: number) => remainingInWords(remainingOf(state, after, now, stage)!);
  expect([100_000, 105_000, 119_500, 200_000].map((now) => left(now))).toEqual([
    "about 23 s left",
    "about 18 s left",
    "about 4 s left",
    "about 3 s left",
  ]);
  expect(left(105_000, 0)).toBe("about 15 s left");
  expect(remainingOf(state, forecast(text, [past(text, {})]), 0)).toBeNull();
});

test("bytes come with a rate once there is time to tell it by", () => {
  const progress = (current: number, done = false) =>
    ({ type: "progress", vertex: "a", id: "layer", current, total: 4_000_000, done }) as const;
  const words = (...told: number[]) => {
    const state = reduceBuild(emptyBuild(), numbered([started, ...told.map((each) => progress(each))]));
    const transfer = transferOf(Object.values(state.vertices));
    return transfer && transferInWords(transfer);
  };
  expect(words(0)).toBeNull();
  expect(words(1_000_000)).toBe("1MB of 4MB");
  expect(words(1_000_000, 2_500_000)).toBe("2.5MB of 4MB, 1.5MB/s");
  expect(words(0, 1_000_000, 4_000_000)).toBe("4MB, 2MB/s");
});
