import { expect, test, vi } from "vitest";
import { KeptBuilds, keptVersions, weightsOf } from "@/components/compare/versions";
import { buildOptionsSchema } from "@/lib/build/events";
import type { PastBuild } from "@/lib/build/figures";
import type { BuildDetail } from "@/lib/share/answers";
import type { BuildSummary } from "@/lib/share/document";

const build = (id: string, sizes: Record<string, number>): BuildSummary => ({
  id,
  documentId: "d",
  status: "succeeded",
  host: null,
  options: buildOptionsSchema.parse({}),
  error: null,
  createdAt: 0,
  startedAt: null,
  endedAt: null,
  sizes,
});

const getFigures = async () => ({ builds: [], hashes: null });
const TEXTS: Readonly<Record<string, string>> = { none: "A\n", one: "A\r\n", both: "A\n", other: "B\n" };

test("a text is told of by the build of it that weighed most stages", async () => {
  const getBuild = vi.fn(async (id: string) => ({ text: TEXTS[id] }) as BuildDetail);
  const kept = new KeptBuilds({ getBuild, getFigures });
  const history = [
    build("none", {}),
    build("one", { 0: 1 }),
    build("both", { 0: 2, 1: 3 }),
    build("other", { 0: 4 }),
  ];
  expect((await kept.buildOfText("A\n", history))?.id).toBe("both");
  expect((await kept.buildOfText("B\n", history))?.id).toBe("other");
  expect(await kept.buildOfText("C\n", history)).toBeNull();
  // What weighs nothing is not read, and nothing is read twice.
  expect(getBuild.mock.calls.flat().sort()).toEqual(["both", "one", "other"]);
});

test("what could not be read is asked for anew", async () => {
  const getBuild = vi
    .fn<(id: string) => Promise<BuildDetail>>()
    .mockRejectedValueOnce(new Error("away"))
    .mockResolvedValueOnce({ text: "A\n" } as BuildDetail);
  const kept = new KeptBuilds({ getBuild, getFigures });
  await expect(kept.text("one")).rejects.toThrow("away");
  await expect(kept.text("one")).resolves.toBe("A\n");
});

test("figures of a build are asked for once, for all; where they cannot be had nothing is said", async () => {
  const past = (id: string) => ({ id }) as PastBuild;
  const answers = [
    async () => Promise.reject(new Error("away")),
    async () => ({ builds: [past("one"), past("two")], hashes: null }),
  ];
  const asked = vi.fn(() => answers.shift()!());
  const kept = new KeptBuilds({ getBuild: () => Promise.reject(), getFigures: asked });
  expect(await kept.figures("one")).toBeNull();
  expect(await kept.figures("one")).toEqual({ id: "one" });
  expect(await kept.figures("two")).toEqual({ id: "two" });
  expect(await kept.figures("gone")).toBeNull();
  expect(asked).toHaveBeenCalledTimes(2);
});

test("what a build weighed is known as soon as one of its stages is", () => {
  expect(weightsOf(build("none", {}))).toBeNull();
  expect(weightsOf(build("both", { 0: 2, 1: 3 }))).toEqual({ sizes: { 0: 2, 1: 3 }, shipped: 3 });
});

test("builds and earlier texts are one list, newest first", () => {
  const text = (id: string, changedAt: number) => ({ id, cause: "edited" as const, bytes: 1, changedAt });
  const builds = [
    { ...build("b2", {}), createdAt: 40 },
    { ...build("b1", {}), createdAt: 20 },
  ];
  const kept = keptVersions(builds, [text("t2", 30), text("t1", 10)]);
  expect(kept.map(({ key }) => key)).toEqual(["build:b2", "revision:t2", "build:b1", "revision:t1"]);
});

test("an earlier text is read once, with LF", async () => {
  const get = vi.fn(async (id: string) => ({
    id,
    cause: "edited" as const,
    bytes: 4,
    changedAt: 0,
    text: "A\r\n",
  }));
  const getBuild = vi.fn();
  const kept = new KeptBuilds({ getBuild, getFigures, revisions: { list: async () => [], get } });
  expect(await Promise.all([kept.revision("one"), kept.revision("one")])).toEqual(["A\n", "A\n"]);
  expect(get).toHaveBeenCalledOnce();
  expect(getBuild).not.toHaveBeenCalled();
});
