import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BuildEvent } from "@/lib/build/events";
import { attachedSource } from "@/lib/build/options";
import { HostError } from "@/lib/build/server/hosts";
import { MAX_QUEUE } from "@/lib/build/server/queues";
import { KEPT_BUILDS } from "@/lib/build/server/records";
import { AWAY, log, READY } from "./fake-host";
import {
  newDocument,
  newFolder,
  OPTIONS,
  openStand,
  readEvents,
  type Stand,
  startBuild,
  typesOf,
} from "./stand";
import { makeZip } from "./zip";

let stand: Stand;

beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

const statusOf = async (id: string) => (await stand.builds.get(id)).status;

describe("a build", () => {
  test("goes from the queue to its end, and its record says so", async () => {
    const document = await newDocument(stand, "FROM golang\n");
    const begun = await startBuild(stand, document.id);
    expect(begun).toMatchObject({ status: "queued", startedAt: null, endedAt: null, sizes: {}, host: null });
    const run = await stand.host.run(0);
    expect(run.request).toMatchObject({ id: begun.id, dockerfile: "FROM golang\n", context: null });
    run.emit({ type: "size", stage: 0, size: 12, base: 10, layers: [] });
    run.emit({ type: "size", stage: 1, size: 7, base: 7, layers: [] });
    run.finish("succeeded");
    const events = await readEvents(stand, begun.id);
    expect(typesOf(events)).toEqual(["started", "size", "size", "finished"]);
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
    const ended = await stand.builds.get(begun.id);
    expect(ended).toMatchObject({
      status: "succeeded",
      host: "fake",
      sizes: { 0: 12, 1: 7 },
      text: "FROM golang\n",
    });
    expect(ended.startedAt).toBeGreaterThanOrEqual(begun.createdAt);
    expect(ended.endedAt).toBeGreaterThanOrEqual(ended.startedAt ?? Number.POSITIVE_INFINITY);
  });

  test("gets the Dockerfile as it is on disk, and remembers it when the document goes on", async () => {
    const document = await newDocument(stand, "\uFEFFFROM a\r\nRUN b\r\n");
    const { id } = await startBuild(stand, document.id);
    expect((await stand.host.run(0)).request.dockerfile).toBe("\uFEFFFROM a\r\nRUN b\r\n");
    expect(await stand.builds.get(id)).toMatchObject({
      text: "FROM a\nRUN b\n",
      format: { eol: "crlf", bom: true },
    });
  });

  test("keeps its error", async () => {
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    const run = await stand.host.run(0);
    const error = { message: "It failed.", exitCode: 3, lines: [2, 2] as [number, number] };
    run.emit({ type: "finished", status: "failed", error });
    run.leave();
    await readEvents(stand, id);
    expect(await stand.builds.get(id)).toMatchObject({ status: "failed", error });
  });

  test.each<[string, (stand: Stand) => Promise<void>, object]>([
    [
      "a host that is not there",
      async ({ host }) => {
        host.connectError = new HostError("tcp://build:2376", "Nothing answers there.");
      },
      {
        message: "The Docker host at tcp://build:2376 cannot be reached. Nothing answers there.",
        detail: "Nothing answers there.",
        hint: expect.any(String),
      },
    ],
    [
      "a runner that throws",
      async ({ host }) => void host.run(0).then((run) => run.leave(new Error("boom"))),
      { detail: "boom" },
    ],
    [
      "a runner that just ends",
      async ({ host }) => void host.run(0).then((run) => run.leave()),
      { hint: "Build again." },
    ],
  ])("ends as failed with %s", async (_what, arrange, error) => {
    await arrange(stand);
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    const events = await readEvents(stand, id);
    expect(events.at(-1)).toMatchObject({ type: "finished", status: "failed", error });
    expect(await statusOf(id)).toBe("failed");
  });

  test("that cannot begin leaves no record", async () => {
    const { id } = await newDocument(stand);
    const zip = new Blob([new Uint8Array(makeZip([{ name: "a", content: "a" }]))]);
    await stand.contexts.attachArchive(id, "", zip.stream(), 0);
    rmSync(join(stand.folder, "manifests"), { recursive: true });
    await expect(startBuild(stand, id)).rejects.toThrow(/not in the data folder/);
    expect(await stand.builds.list(id)).toEqual([]);
  });

  test("takes nothing after its end", async () => {
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    const run = await stand.host.run(0);
    run.finish("succeeded");
    run.emit(log("too late"));
    run.finish("failed");
    expect(typesOf(await readEvents(stand, id))).toEqual(["started", "finished"]);
    expect(await statusOf(id)).toBe("succeeded");
  });
});

describe("a document builds once at a time", () => {
  test("a second build is refused with the id of the first", async () => {
    const document = await newDocument(stand);
    const first = await startBuild(stand, document.id);
    await expect(startBuild(stand, document.id)).rejects.toMatchObject({
      kind: "conflict",
      facts: { build: first.id },
    });
    (await stand.host.run(0)).finish("succeeded");
    await readEvents(stand, first.id);
    await expect(startBuild(stand, document.id)).resolves.toMatchObject({ status: "queued" });
  });

  test("of two that come at once, one is taken", async () => {
    const document = await newDocument(stand);
    const results = await Promise.allSettled([
      startBuild(stand, document.id),
      startBuild(stand, document.id),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("and not at all once it is to go, also what was just beginning", async () => {
    const { id } = await newDocument(stand);
    const source = await stand.documents.source(id);
    const beginning = stand.builds.start(id, source, OPTIONS, false);
    await stand.builds.discard(id);
    const begun = await beginning;
    expect(await statusOf(begun.id)).toBe("canceled");
    expect(stand.builds.load("fake")).toEqual({ running: 0, waiting: 0 });
  });

  test("what takes its place is looked at before it is stopped", async () => {
    const { id } = await newDocument(stand);
    const first = await startBuild(stand, id);
    const options = { ...OPTIONS, contexts: { files: attachedSource("0".repeat(64)) } };
    const source = await stand.documents.source(id);
    await expect(stand.builds.start(id, source, options, true)).rejects.toMatchObject({
      code: "named-context-gone",
    });
    expect((await stand.host.run(0)).signal.aborted).toBe(false);
    expect(await statusOf(first.id)).not.toBe("canceled");
  });

  test("one that only weighs what it has built makes room, and has succeeded", async () => {
    const document = await newDocument(stand);
    const first = await startBuild(stand, document.id);
    const run = await stand.host.run(0);
    stand.host.obedient = false;
    run.signal.addEventListener("abort", () => run.finish("succeeded"));
    run.emit({ type: "built" });
    const second = await startBuild(stand, document.id);
    expect(await statusOf(first.id)).toBe("succeeded");
    expect((await stand.host.run(1)).request.id).toBe(second.id);
    stand.host.obedient = true;
    (await stand.host.run(1)).finish("succeeded");
  });

  test("replacing cancels the first before the second begins", async () => {
    const document = await newDocument(stand);
    const first = await startBuild(stand, document.id);
    const run = await stand.host.run(0);
    const second = await startBuild(stand, document.id, true);
    expect(run.signal.aborted).toBe(true);
    expect(await statusOf(first.id)).toBe("canceled");
    expect((await stand.host.run(1)).request.id).toBe(second.id);
  });
});

describe("the queue", () => {
  test("runs so many at once and no more", async () => {
    const builds = [];
    for (let i = 0; i < 4; i++) builds.push(await startBuild(stand, (await newDocument(stand)).id));
    await stand.host.run(1);
    await settled();
    expect(stand.host.runs).toHaveLength(stand.config.parallelBuilds);
    expect(await statusOf(builds[2]?.id ?? "")).toBe("queued");
    stand.host.runs[0]?.finish("succeeded");
    expect((await stand.host.run(2)).request.id).toBe(builds[2]?.id);
  });

  test("refuses when it is full", async () => {
    const full = stand.config.parallelBuilds + MAX_QUEUE;
    for (let i = 0; i < full; i++) await startBuild(stand, (await newDocument(stand)).id);
    await expect(startBuild(stand, (await newDocument(stand)).id)).rejects.toMatchObject({ kind: "busy" });
  });

  test("lets go of one that is canceled while it waits", async () => {
    for (let i = 0; i < 2; i++) await startBuild(stand, (await newDocument(stand)).id);
    const waiting = await startBuild(stand, (await newDocument(stand)).id);
    stand.builds.cancel(waiting.id);
    expect(typesOf(await readEvents(stand, waiting.id))).toEqual(["waiting", "finished"]);
    expect(await statusOf(waiting.id)).toBe("canceled");
    stand.host.runs[0]?.finish("succeeded");
    await settled();
    expect(stand.host.runs).toHaveLength(2);
  });

  test("tells each that waits its place, again as that changes, and nothing once it runs", async () => {
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push((await startBuild(stand, (await newDocument(stand)).id)).id);
    const [, , first, second, third] = ids as [string, string, string, string, string];
    await stand.host.run(1);
    expect(stand.builds.load("fake")).toEqual({ running: 2, waiting: 3 });
    stand.builds.cancel(second);
    stand.host.runs[0]?.finish("succeeded");
    (await stand.host.run(2)).finish("succeeded");
    (await stand.host.run(3)).finish("succeeded");
    const places = async (id: string) =>
      (await readEvents(stand, id)).flatMap((event) =>
        event.type === "waiting" ? [`${event.place} on ${event.host}`] : [],
      );
    expect(await places(ids[0]!)).toEqual([]);
    expect(await places(first)).toEqual(["1 on fake"]);
    expect(await places(second)).toEqual(["2 on fake"]);
    expect(await places(third)).toEqual(["3 on fake", "2 on fake", "1 on fake"]);
  });

  test("has a line of its own for each host", async () => {
    const start = async (host: string) => {
      stand.host.view = { ...READY, id: host, name: host };
      const { id } = await newDocument(stand);
      return stand.builds.start(id, await stand.documents.source(id), { ...OPTIONS, host }, false);
    };
    for (const host of ["a", "a", "a", "b"]) await start(host);
    await stand.host.run(2);
    expect(stand.builds.load("a")).toEqual({ running: 2, waiting: 1 });
    expect(stand.builds.load("b")).toEqual({ running: 1, waiting: 0 });
  });
});

describe("a host that is away", () => {
  const away = (reason: string) => new HostError("tcp://build:2376", reason, "fake", true);
  const waits = (events: BuildEvent[]) =>
    events.flatMap((event) => (event.type === "waiting" ? [event.reason] : []));

  test("and was there before is waited for; each reason is told once, and the build begins by itself", async () => {
    stand.host.view = AWAY;
    stand.host.connectError = away("Nothing answers there.");
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    await stand.host.looked();
    stand.host.change();
    await stand.host.looked();
    stand.host.connectError = away("It did not answer in time.");
    stand.host.change();
    await stand.host.looked();
    expect(await statusOf(id)).toBe("queued");
    stand.host.connectError = null;
    stand.host.change();
    (await stand.host.run(0)).finish("succeeded");
    expect(waits(await readEvents(stand, id))).toEqual([
      "Nothing answers there.",
      "It did not answer in time.",
    ]);
    expect(await statusOf(id)).toBe("succeeded");
  });

  test("keeps nobody from stopping the build", async () => {
    stand.host.view = AWAY;
    stand.host.connectError = away("Nothing answers there.");
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    await stand.host.looked();
    stand.builds.cancel(id);
    expect(typesOf(await readEvents(stand, id))).toEqual(["waiting", "finished"]);
    expect(await statusOf(id)).toBe("canceled");
  });

  test("and never was there is refused", async () => {
    stand.host.view = { ...AWAY, seen: false };
    await expect(startBuild(stand, (await newDocument(stand)).id)).rejects.toMatchObject({
      kind: "unavailable",
      code: "host-unreachable",
    });
  });
});

describe("stopping", () => {
  test("tells the host and records the end once", async () => {
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    const run = await stand.host.run(0);
    stand.builds.cancel(id);
    stand.builds.cancel(id);
    const events = await readEvents(stand, id);
    expect(run.signal.aborted).toBe(true);
    expect(events.filter((event) => event.type === "finished")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ status: "canceled" });
  });

  test("a host that does not obey is given up", async () => {
    stand.host.obedient = false;
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    await stand.host.run(0);
    stand.builds.cancel(id);
    expect((await readEvents(stand, id)).at(-1)).toMatchObject({ type: "finished", status: "canceled" });
    stand.host.runs[0]?.leave();
  }, 10_000);

  test("of what is finished changes nothing", async () => {
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    (await stand.host.run(0)).finish("succeeded");
    await readEvents(stand, id);
    stand.builds.cancel(id);
    expect(await statusOf(id)).toBe("succeeded");
  });
});

describe("a server that stops", () => {
  test("in the midst of builds marks them at its next start, with everything before kept", async () => {
    const folder = newFolder();
    const before = await openStand({}, folder);
    const document = await newDocument(before);
    const source = await before.documents.source(document.id);
    const { id } = await before.builds.start(document.id, source, OPTIONS, false);
    const run = await before.host.run(0);
    run.emit(log("compiling\n"));
    for await (const { lines } of before.builds.follow(id, 0, new AbortController().signal)) {
      if (lines.some((line) => line.includes("compiling"))) break;
    }
    await before.abandon();
    const ours = stand;
    stand = await openStand({}, folder);
    const events = await readEvents(stand, id);
    expect(typesOf(events)).toEqual(["started", "log", "finished"]);
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3]);
    expect(events.at(-1)).toMatchObject({ status: "interrupted", error: { hint: expect.any(String) } });
    expect(await statusOf(id)).toBe("interrupted");
    expect((await startBuild(stand, document.id)).status).toBe("queued");
    await stand.close();
    stand = ours;
  });

  test("properly stops its builds on the host and marks them itself", async () => {
    const folder = newFolder();
    const other = await openStand({}, folder);
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      const document = await newDocument(other);
      ids.push(
        (await other.builds.start(document.id, await other.documents.source(document.id), OPTIONS, false)).id,
      );
    }
    await other.host.run(1);
    await other.builds.close();
    const rows = await other.db.build.findMany({ where: { id: { in: ids } }, include: { chunks: true } });
    expect(rows.map((row) => row.status)).toEqual(["interrupted", "interrupted", "interrupted"]);
    expect(rows.every((row) => row.chunks.at(-1)?.events.includes('"interrupted"'))).toBe(true);
    expect(other.host.runs.every((run) => run.signal.aborted)).toBe(true);
    expect(other.host.runs).toHaveLength(2);
    const document = await newDocument(other);
    const source = await other.documents.source(document.id);
    await expect(other.builds.start(document.id, source, OPTIONS, false)).rejects.toMatchObject({
      kind: "unavailable",
    });
    await other.close();
  });
});

test("a build whose record cannot be written is stopped, and its followers are told", async () => {
  const { id } = await startBuild(stand, (await newDocument(stand)).id);
  const run = await stand.host.run(0);
  const following = readEvents(stand, id);
  await settled();
  await stand.db
    .$executeRaw`CREATE TRIGGER full BEFORE INSERT ON BuildChunk BEGIN SELECT RAISE(ABORT, 'disk full'); END`;
  run.emit(log("lost"));
  await expect(following).rejects.toThrow(/could not be written/);
  expect(run.signal.aborted).toBe(true);
  await stand.db.$executeRaw`DROP TRIGGER full`;
});

test("a document keeps its last builds only", async () => {
  const document = await newDocument(stand);
  const ids: string[] = [];
  for (let i = 0; i < KEPT_BUILDS + 3; i++) {
    const { id } = await startBuild(stand, document.id);
    (await stand.host.run(i)).finish("succeeded");
    await readEvents(stand, id);
    ids.push(id);
  }
  await expect.poll(async () => (await stand.builds.list(document.id)).length).toBe(KEPT_BUILDS);
  expect((await stand.builds.list(document.id)).map((build) => build.id)).toEqual(ids.slice(3).reverse());
}, 30_000);

/** What was due has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}
