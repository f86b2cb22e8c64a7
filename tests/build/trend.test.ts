import { describe, expect, test } from "vitest";
import type { PastBuild } from "@/lib/build/figures";
import { trendBars, trendOf } from "@/lib/build/trend";

type Listed = Parameters<typeof trendOf>[0][number];

const listed = (id: string, at: number, part: Partial<Listed> = {}): Listed => ({
  id,
  status: "succeeded",
  createdAt: at,
  startedAt: at + 10,
  endedAt: at + 110,
  options: { target: null },
  sizes: { 0: 800, 1: 7 },
  ...part,
});

const step = (instruction: number, status: "done" | "cached" | "failed" | "waiting") => ({
  instruction,
  status,
  milliseconds: null,
  bytes: null,
});
const stage = (...steps: ReturnType<typeof step>[]) => ({
  ships: true,
  size: null,
  base: null,
  image: null,
  steps,
});
const past = (id: string, ...stages: ReturnType<typeof stage>[]) =>
  ({ id, figures: { stages, context: null } }) as unknown as PastBuild;

describe("the trend over builds", () => {
  test("goes from the oldest to the newest, without those that are under way", () => {
    const history = [
      listed("running", 400, { status: "running" }),
      listed("new", 300),
      listed("queued", 350, { status: "queued" }),
      listed("old", 100),
    ];
    expect(trendOf(history, []).map(({ id }) => id)).toEqual(["old", "new"]);
  });

  test.each<[string, Partial<Listed>, object]>([
    ["one that came to its end", {}, { duration: 100, shipped: 7 }],
    ["another target", { options: { target: 0 } }, { duration: 100, shipped: 800 }],
    ["one that failed", { status: "failed" }, { duration: 100, shipped: null, status: "failed" }],
    ["one that never began", { status: "canceled", startedAt: null }, { duration: null }],
    ["a server whose clock went back", { endedAt: 50 }, { duration: 0 }],
  ])("tells of %s", (_what, part, point) => {
    expect(trendOf([listed("b", 100, part)], [])[0]).toMatchObject(point);
  });

  test.each<[string, PastBuild[], number | null]>([
    ["nobody knows", [], null],
    ["another is known", [past("other", stage(step(1, "done")))], null],
    ["nothing was begun", [past("b", stage(step(0, "done"), step(1, "waiting")))], null],
    ["nothing was cached", [past("b", stage(step(1, "done")))], 0],
    [
      "some were, pulls of base images left out",
      [
        past(
          "b",
          stage(step(0, "cached"), step(1, "cached"), step(2, "done")),
          stage(step(1, "failed"), step(2, "cached")),
        ),
      ],
      0.5,
    ],
    ["all were", [past("b", stage(step(1, "cached")))], 1],
  ])("has the share from the cache where %s", (_what, known, share) => {
    expect(trendOf([listed("b", 1)], known)[0]!.cached).toBe(share);
  });
});

describe("bars", () => {
  const size = { width: 100, height: 20 };

  test("stand on the ground, to one scale, and leave a gap where nothing is known", () => {
    const [all, half, none, over] = trendBars([10, 5, null, 30], 10, size);
    expect(all).toMatchObject({ x: 0, y: 0, height: 20 });
    expect(half).toMatchObject({ x: 25, y: 10, height: 10 });
    expect(none).toBeNull();
    expect(over).toMatchObject({ x: 75, y: 0, height: 20 });
  });

  test.each<[string, number[], number]>([
    ["one", [1], 1],
    ["fifty", Array.from({ length: 50 }, (_, at) => at), 49],
    ["none at all", [], 0],
    ["only zeros", [0, 0], 0],
  ])("stay within the chart: %s", (_what, values, top) => {
    for (const bar of trendBars(values, top, size)) {
      expect(bar!.height).toBeGreaterThan(0);
      expect(bar!.y).toBeGreaterThanOrEqual(0);
      expect(bar!.y + bar!.height).toBeCloseTo(size.height);
      expect(bar!.x + bar!.width).toBeLessThanOrEqual(size.width);
    }
  });
});
