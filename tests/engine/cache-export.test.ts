/** The build cache goes to a registry as an image of its own, and a build on another host finds its steps there. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BuildOptions } from "@/lib/build/options";
import { type Credentials, NO_CREDENTIALS } from "@/lib/build/server/credentials";
import { build, fresh, onEveryEngine, type Told } from "./builds";
import { LOGIN, type Registry, startRegistry } from "./registry";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry?.stop());

const credentials: Credentials = { of: async (name) => (name === registry.address ? LOGIN : null) };
const image = (name: string) => `${registry.address}/cache/${name}:one`;
const MODES = ["min", "max"] as const;

/** The base comes from the registry, so that it is the same on every host. */
const words = { min: fresh(), max: fresh() };
const dockerfile = (mode: keyof typeof words) =>
  `FROM ${image("base")} AS tools\nRUN echo ${words[mode]} > /side\nFROM ${image("base")}\nRUN echo ${words[mode]} > /main\nCOPY --from=tools /side /\n`;

/** Whether a step came from a cache. */
function cached(told: Told, stage: number, instruction: number): boolean {
  const digests = told.plan.vertices
    .filter(({ places }) => places.some((at) => at.stage === stage && at.instruction === instruction))
    .map(({ digest }) => digest);
  return told.all("vertex").some((vertex) => vertex.cached && digests.includes(vertex.digest));
}

describe("the build cache", () => {
  onEveryEngine(
    "in a registry",
    ({ host, kind }) => {
      const run = (mode: keyof typeof words, options: Partial<BuildOptions>, login = credentials) =>
        build(host(), { dockerfile: dockerfile(mode), options, credentials: login });
      const succeeded = { type: "finished", status: "succeeded" };

      if (kind === "28-containerd") {
        it.each(MODES)("is written with the login that was lent: %s", async (mode) => {
          const base = { output: "push" as const, tags: [image("base")] };
          await build(host(), { dockerfile: "FROM busybox\n", options: base, credentials });
          const told = await run(mode, { cacheTo: { image: image(mode), mode } });
          expect(told.finished).toEqual(succeeded);
          expect(await registry.tags(`cache/${mode}`)).toEqual(["one"]);
          expect(JSON.stringify(told.events)).not.toContain(LOGIN.password);
        });

        it("fails the build where the registry does not take it, and says so", async () => {
          const options = { cacheTo: { image: image("refused"), mode: "max" as const } };
          const told = await run("max", options, NO_CREDENTIALS);
          expect(told.finished).toMatchObject({
            status: "failed",
            error: {
              message: expect.stringMatching(/did not take the build cache: .*401/),
              hint: expect.stringContaining("docker login"),
            },
          });
          expect(await registry.tags("cache/refused")).toEqual([]);
        });
        return;
      }

      it("cannot be written from this image store, which is said before anything runs", async () => {
        const told = await run("max", { cacheTo: { image: image("max"), mode: "max" } });
        expect(told.finished.error?.message).toContain("only from the containerd image store");
        expect(told.all("plan")).toEqual([]);
      });

      if (kind === "20.10") {
        it("is not found where engines call steps otherwise, which is said", async () => {
          const told = await run("max", { cacheFrom: [image("max")], everyStage: false });
          expect(told.finished).toEqual(succeeded);
          expect(cached(told, 1, 1)).toBe(false);
          expect(told.all("warning").map(({ message }) => message)).toEqual([
            expect.stringMatching(/runs Engine 20\.10.*caches that engines of its age wrote/),
          ]);
        });
        return;
      }

      it.each(MODES)("is found by another host, of the result or of every stage: %s", async (mode) => {
        const side = await run(mode, { cacheFrom: [image(mode)], target: 0, everyStage: false });
        expect(side.finished).toEqual(succeeded);
        expect(cached(side, 0, 1)).toBe(mode === "max");
        const main = await run(mode, { cacheFrom: [image(mode)], everyStage: false });
        expect(main.finished).toEqual(succeeded);
        expect([cached(main, 1, 1), cached(main, 1, 2)]).toEqual([true, true]);
      });
    },
    ["28-containerd", "28-overlay2", "20.10"],
  );
});
