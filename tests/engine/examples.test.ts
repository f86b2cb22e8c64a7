/** Every example, built for real by the product's runner, on every kind of engine, and run. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BuildEventBody, buildOptionsSchema } from "@/lib/build/events";
import { folderAsContext } from "@/lib/build/server/folder";
import type { HostConnection } from "@/lib/build/server/host-connection";
import { createHosts, type Hosts } from "@/lib/build/server/hosts";
import { runBuild } from "@/lib/build/server/runner";
import { type Engine, engineKinds, startEngine } from "../../scripts/engines.mjs";

const examples = resolve(import.meta.dirname, "../../examples");
const MEGABYTE = 1_000_000;

type Size = Extract<BuildEventBody, { type: "size" }>;

describe.each(engineKinds)("examples on %s", (kind) => {
  let engine: Engine;
  let hosts: Hosts;
  let host: HostConnection;

  beforeAll(async () => {
    engine = await startEngine(kind);
    hosts = createHosts({ dockerHost: `unix://${engine.socket}`, home: tmpdir() });
    host = await hosts.connect();
  });

  afterAll(async () => {
    hosts?.close();
    await engine?.stop();
  });

  async function build(example: string) {
    const root = join(examples, example);
    const events: BuildEventBody[] = [];
    await runBuild(
      host,
      {
        id: `examples-${example}`,
        dockerfile: await readFile(join(root, "Dockerfile"), "utf8"),
        context: await folderAsContext(root),
        options: buildOptionsSchema.parse({}),
      },
      (event) => events.push(event),
      new AbortController().signal,
    );
    const sizes = events.filter((event): event is Size => event.type === "size");
    return {
      events,
      sizes,
      last: events.at(-1),
      final: sizes.find((size) => size.stage === lastStage(events)),
    };
  }

  const docker = async (...args: string[]) =>
    (await promisify(execFile)("docker", ["-H", `unix://${engine.socket}`, ...args])).stdout;

  async function historySum(image: string): Promise<number> {
    const lines = (await docker("history", "--human=false", "--format", "{{.Size}}", image))
      .trim()
      .split("\n");
    return lines.reduce((sum, line) => sum + Number(line), 0);
  }

  it.each([
    { example: "go-hello", stages: 2, least: 2 * MEGABYTE, most: 5 * MEGABYTE, prints: "hello world\n" },
    {
      example: "go-hello-one-stage",
      stages: 1,
      least: 400 * MEGABYTE,
      most: 2000 * MEGABYTE,
      prints: "hello world\n",
    },
    { example: "c-variants", stages: 4, least: 2 * MEGABYTE, most: 5 * MEGABYTE, prints: "hello world\n" },
  ])("$example weighs what docker history sums up, and prints what it should", async (row) => {
    const { sizes, final, last } = await build(row.example);
    expect(last).toEqual({ type: "finished", status: "succeeded" });
    expect(sizes.map((size) => size.stage).sort()).toEqual([...Array(row.stages).keys()]);
    expect(final!.size).toBeGreaterThan(row.least);
    expect(final!.size).toBeLessThan(row.most);
    expect(final!.size).toBe(await historySum(final!.image!));
    expect(final!.layers.reduce((sum, layer) => sum + layer.size, 0)).toBe(final!.size);
    expect(await docker("run", "--rm", "--network=none", final!.image!)).toBe(row.prints);
  });

  it("copy-from-image takes a program out of an image that is no stage", async () => {
    const { final, last } = await build("copy-from-image");
    expect(last).toEqual({ type: "finished", status: "succeeded" });
    expect(final!.size).toBe(await historySum(final!.image!));
    const page = await docker(
      "run",
      "--rm",
      "--network=none",
      final!.image!,
      "/bin/busybox",
      "cat",
      "/site/index.html",
    );
    expect(page).toBe(await readFile(join(examples, "copy-from-image/index.html"), "utf8"));
  });

  it("failing fails at its RUN, with exit code 3 and what was printed", async () => {
    const { events, last } = await build("failing");
    expect(last).toMatchObject({
      type: "finished",
      status: "failed",
      error: { exitCode: 3, lines: [4, 4], place: { stage: 0, instruction: 3 } },
    });
    const logs = events.filter((event) => event.type === "log");
    expect(logs.map((event) => event.text).join("")).toBe(
      "checking /\nchecking /about\nchecking /prices\nerror: /prices has no title\n",
    );
    expect(logs.every((event) => event.stream === 2)).toBe(true);
  });
});

/** The one that ships, as the build's plan says. */
function lastStage(events: BuildEventBody[]): number | undefined {
  const plan = events.find((event) => event.type === "plan");
  return plan?.stages.find((stage) => stage.ships)?.index;
}
