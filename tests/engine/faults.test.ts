/** A host of its own that is killed, filled up, and set to another time; the next build on it works. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type BuildEvent, buildEventSchema } from "@/lib/build/events";
import { emptyBuild, reduceBuild } from "@/lib/build/reducer";
import { createHosts, type Hosts } from "@/lib/build/server/hosts";
import { timelineOf } from "@/lib/build/timeline";
import { type Engine, startEngine } from "../../scripts/engines.mjs";
import { build, fresh, type Told } from "./builds";
import { LOGIN, type Registry, startRegistry } from "./registry";

let engine: Engine;
let hosts: Hosts;

const start = () => startEngine("small", { images: ["busybox"] });
beforeAll(async () => {
  engine = await start();
  hosts = createHosts({ dockerHost: `unix://${engine.socket}`, home: tmpdir() });
});
afterAll(async () => {
  hosts?.close();
  await engine?.stop();
});

const host = () => hosts.connect();

async function kill(): Promise<void> {
  const pid = Number(await readFile(join(engine.socket, "../docker.pid"), "utf8"));
  process.kill(pid, "SIGKILL");
}

it("an engine that is killed ends its build with the log up to then; it is away, and comes back by itself", async () => {
  const before = await hosts.view();
  expect(before).toMatchObject({ state: "ready", platforms: expect.arrayContaining(["linux/amd64"]) });
  const told = await build(await host(), {
    dockerfile: `FROM busybox\nRUN echo ${fresh()} && echo last words && sleep 20\n`,
    onEvent(event) {
      if (event.type === "log" && event.text.includes("last words")) void kill();
    },
  });
  expect(told.finished).toMatchObject({
    status: "failed",
    error: { message: expect.stringContaining("was lost while building"), hint: expect.any(String) },
  });
  expect(told.output(0, 1)).toContain("last words");
  await expect(host()).rejects.toMatchObject({ name: "HostError", seen: true });
  expect((await hosts.list()).hosts).toMatchObject([{ state: "unreachable", seen: true }]);

  const back = hosts.changed(null, AbortSignal.timeout(60_000));
  await start();
  await back;
  await expect.poll(async () => (await hosts.list()).hosts[0]?.state, { timeout: 60_000 }).toBe("ready");
  const next = await build(await host(), { dockerfile: `FROM busybox\nRUN echo ${fresh()}\n` });
  expect(next.finished.status).toBe("succeeded");
});

it("a disk that is full is named as the reason, and once there is room the build works", async () => {
  const { DockerRootDir } = await (await host()).api.info();
  const filler = join(DockerRootDir, "filler");
  const dockerfile = `FROM busybox\nRUN echo ${fresh()} && dd if=/dev/zero of=/large bs=1M count=16\n`;
  const before = (await hosts.view()) as { disk: { free: number; total: number } };
  expect(before.disk.total).toBe(96 * 1024 * 1024);
  await writeFile(filler, Buffer.alloc(before.disk.free - 6 * 1024 * 1024));
  try {
    const full = await build(await host(), { dockerfile });
    expect(full.finished).toMatchObject({
      status: "failed",
      error: {
        exitCode: 1,
        place: { stage: 0, instruction: 1 },
        hint: expect.stringContaining("disk is full"),
      },
    });
    expect(full.output(0, 1)).toMatch(/no space left on device/i);
  } finally {
    await rm(filler);
  }
  const freed = await build(await host(), { dockerfile });
  expect(freed.finished).toEqual({ type: "finished", status: "succeeded" });
  expect(freed.sizeOf(0).size - freed.sizeOf(0).base).toBe(16 * 1024 * 1024);
});

it.each([
  ["behind", 3_600_000],
  ["ahead", -3_600_000],
])(
  "a host whose clock is an hour %s gives a timeline as long as the build, its push in its place",
  async (_how, skew) => {
    const real = Date.now;
    const registry: Registry = await startRegistry();
    const tag = `${registry.address}/skewed:one`;
    const events: BuildEvent[] = [];
    // The server's clock against the host's: that it is the server's that is moved here makes no difference.
    const spy = vi.spyOn(Date, "now").mockImplementation(() => real() + skew);
    let told: Told;
    try {
      told = await build(await host(), {
        dockerfile: `FROM busybox\nRUN echo ${fresh()} && sleep 1\n`,
        options: { output: "push", tags: [tag] },
        credentials: { of: async (name) => (name === registry.address ? LOGIN : null) },
        onEvent: (body) =>
          events.push(buildEventSchema.parse({ ...body, seq: events.length + 1, at: Date.now() })),
      });
    } finally {
      spy.mockRestore();
      await (await host()).api.removeTag(tag);
      await registry.stop();
    }
    expect(told.finished.status).toBe("succeeded");
    const { lanes, known } = timelineOf(reduceBuild(emptyBuild(), events), ["stage-0"]);
    const bars = lanes.flatMap((lane) => lane.bars);
    const bar = (name: RegExp) => bars.find((each) => name.test(each.name))!;
    for (const each of bars) {
      expect(each.start).toBeGreaterThanOrEqual(0);
      expect(each.end).toBeGreaterThanOrEqual(each.start);
      expect(each.end).toBeLessThanOrEqual(known);
    }
    expect(known).toBeLessThan(1_800_000);
    const ran = bar(/sleep 1/);
    expect(ran.end! - ran.start).toBeGreaterThan(900);
    expect(bar(/^pushing/).start).toBeGreaterThan(ran.start);
  },
);
