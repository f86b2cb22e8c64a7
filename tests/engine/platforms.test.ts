/** One build for several platforms: every vertex has its instruction and its platform, and each image its own size. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { build, fresh, onEveryEngine, type Told } from "./builds";

/** Steps (not internal ones) that ran, as stage.instruction and what they were for. */
function ran(told: Told): string[] {
  return told.plan.vertices
    .filter(({ places }) => places.length > 0)
    .flatMap(({ places, platforms = [] }) =>
      places.map(({ stage, instruction }) => `${stage}.${instruction} ${platforms.join(" ")}`),
    )
    .sort();
}

onEveryEngine(
  "several platforms",
  ({ host, kind, socket }) => {
    const docker = async (...args: string[]) =>
      (await promisify(execFile)("docker", ["-H", `unix://${socket()}`, ...args])).stdout.trim();

    if (kind !== "28-containerd") {
      it("are refused before anything runs, where the store has no such image", async () => {
        const told = await build(host(), {
          dockerfile: "FROM busybox\n",
          options: { platform: "linux/amd64,linux/arm64" },
        });
        expect(told.finished.error).toMatchObject({
          message: expect.stringMatching(/keeps images in overlay2, .*several platforms/),
          hint: expect.stringContaining("one platform at a time"),
        });
        expect(told.all("plan")).toEqual([]);
      });
      return;
    }

    // 386 is the one that this processor runs besides its own; of arm64 nothing is run here.
    const own = "linux/amd64";
    const base = "stagecraft-tests/several:1";
    const text = () => `FROM --platform=$BUILDPLATFORM busybox AS maker
ARG TARGETARCH
RUN echo ${fresh()} && dd if=/dev/zero of=/made bs=1000 count=$([ $TARGETARCH = 386 ] && echo 400 || echo 900)
FROM --platform=$BUILDPLATFORM busybox AS shared
RUN echo ${fresh()} > /shared
FROM scratch
COPY --from=shared / /
COPY --from=maker /made /
`;

    it("have their own vertices, sizes and images under one name", async () => {
      const options = { platform: `${own},linux/386,linux/arm64`, tags: [base] };
      const dockerfile = text();
      const told = await build(host(), { dockerfile, options });
      expect(told.finished).toEqual({ type: "finished", status: "succeeded" });
      const all = [own, "linux/386", "linux/arm64"];
      expect(told.plan.platforms).toEqual(all);
      expect(ran(told)).toEqual(
        [
          // What does not hang on a platform is one step for all.
          ...["0.0", "1.0", "1.1", "2.1"].map((place) => `${place} ${all.join(" ")}`),
          ...["0.2", "2.2"].flatMap((place) => all.map((platform) => `${place} ${platform}`)),
        ].sort(),
      );
      const sizes = told.all("size");
      expect(sizes.map(({ stage, platform }) => `${stage} ${platform}`).sort()).toEqual(
        [0, 1, 2].flatMap((stage) => all.map((platform) => `${stage} ${platform}`)).sort(),
      );
      const weight = (stage: number, platform: string) =>
        sizes.find((size) => size.stage === stage && size.platform === platform)!;
      const history = await docker(...["history", "--human=false", "--format", "{{.Size}}", base]);
      expect(history.split("\n").reduce((sum, each) => sum + Number(each), 0)).toBe(weight(2, own).size);
      // What an image for another platform weighs, the host itself says only once it has unpacked it.
      for (const stage of [0, 2]) {
        expect(weight(stage, "linux/arm64").size).toBe(weight(stage, own).size);
        const less = weight(stage, own).size - weight(stage, "linux/386").size;
        expect(less).toBeGreaterThan(490_000);
        expect(less).toBeLessThan(520_000);
      }
      expect(told.all("warning")).toEqual([]);
      const alone = { platform: "linux/386", everyStage: false };
      expect((await build(host(), { dockerfile, options: alone })).sizeOf(2).size).toBe(
        weight(2, "linux/386").size,
      );
      const onTop = await build(host(), {
        dockerfile: `FROM ${base}\nRUN echo ${fresh()} > /top\n`,
        options: { platform: `${own},linux/386` },
      });
      expect(onTop.finished).toEqual({ type: "finished", status: "succeeded" });
      expect(ran(onTop)).toEqual(["0.0 linux/386", "0.0 linux/amd64", "0.1 linux/386", "0.1 linux/amd64"]);
      for (const { platform, base: below } of onTop.all("size"))
        expect(below).toBe(weight(2, platform!).size);
      await docker("rmi", base);
    });

    it("tell which of them a step failed for", async () => {
      const dockerfile = `FROM --platform=$BUILDPLATFORM busybox\nARG TARGETARCH\nRUN echo ${fresh()} && [ $TARGETARCH != 386 ]\n`;
      const told = await build(host(), { dockerfile, options: { platform: `${own},linux/386` } });
      expect(told.finished).toMatchObject({
        status: "failed",
        error: {
          message: expect.stringContaining("(for linux/386) failed with exit code 1."),
          place: { stage: 0, instruction: 2 },
        },
      });
    });

    it.each<[title: string, platform: string, dockerfile: string, message: RegExp]>([
      [
        "steps of another processor",
        `${own},linux/arm64`,
        "FROM busybox AS build\nRUN true\n",
        /^The RUN in line 2 \(build\) is for linux\/arm64, and .* runs programs of linux\/amd64/,
      ],
      ["no platform", "linux/arm?", "FROM busybox\n", /^“linux\/arm\?” is no platform/],
    ])("are refused before anything runs: %s", async (_title, platform, dockerfile, message) => {
      const told = await build(host(), { dockerfile, options: { platform } });
      expect(told.finished.error?.message).toMatch(message);
      expect(told.all("plan")).toEqual([]);
    });
  },
  ["28-containerd", "28-overlay2"],
);
