/** Builds that are read while they run and afterwards, from any event on. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BuildEvent } from "@/lib/build/events";
import { log } from "./fake-host";
import { newDocument, openStand, readEvents, type Stand, startBuild, typesOf } from "./stand";

let stand: Stand;

beforeEach(async () => {
  stand = await openStand();
});
afterEach(() => stand.close());

const texts = (events: BuildEvent[]) =>
  events.map((event) => (event.type === "log" ? event.text : "")).join("");

describe("following", () => {
  test("from any event on gives the rest, without gap or repeat, while it runs and afterwards", async () => {
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    const run = await stand.host.run(0);
    const readers = [0, 1, 5, 39].map((after) => ({ after, events: readEvents(stand, id, after) }));
    for (let i = 0; i < 40; i++) {
      run.emit(log(`line ${i}\n`, `sha256:${i}`));
      if (i % 7 === 0) await settled();
    }
    const late = { after: 20, events: readEvents(stand, id, 20) };
    run.finish("succeeded");
    for (const reader of [
      ...readers,
      late,
      { after: 3, events: readEvents(stand, id, 3) },
      { after: 42, events: readEvents(stand, id, 42) },
    ]) {
      const seqs = (await reader.events).map((event) => event.seq);
      expect(seqs).toEqual(Array.from({ length: 42 - reader.after }, (_, i) => reader.after + 1 + i));
    }
  });

  test("a reader that leaves and comes back again and again gets every event once", async () => {
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    const run = await stand.host.run(0);
    const writing = (async () => {
      for (let i = 0; i < 300; i++) {
        run.emit(log(`line ${i}\n`, `sha256:${i}`));
        if (i % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      run.finish("succeeded");
    })();
    const seen: BuildEvent[] = [];
    while (seen.at(-1)?.type !== "finished") {
      const leaving = new AbortController();
      for await (const { lines } of stand.builds.follow(id, seen.at(-1)?.seq ?? 0, leaving.signal)) {
        for (const line of lines) seen.push(JSON.parse(line));
        leaving.abort();
      }
    }
    await writing;
    expect(seen.map((event) => event.seq)).toEqual(Array.from({ length: 302 }, (_, i) => i + 1));
    expect(texts(seen)).toBe(Array.from({ length: 300 }, (_, i) => `line ${i}\n`).join(""));
  });

  test("a reader that takes its time holds up nobody", async () => {
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    const run = await stand.host.run(0);
    const slow = stand.builds.follow(id, 0, new AbortController().signal)[Symbol.asyncIterator]();
    await slow.next();
    const quick = readEvents(stand, id);
    const line = `${"x".repeat(1023)}\n`;
    for (let i = 0; i < 20_000; i++) {
      run.emit(log(line, `sha256:${i % 2}`));
      if (i % 500 === 0) await settled();
    }
    run.finish("succeeded");
    expect(texts(await quick)).toHaveLength(20_000 * 1024);
    let rest = 0;
    for (let next = await slow.next(); !next.done; next = await slow.next()) rest += next.value.lines.length;
    expect(rest + 1).toBe((await quick).at(-1)?.seq);
  }, 30_000);

  test("ends when the reader leaves", async () => {
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    await stand.host.run(0);
    const leaving = new AbortController();
    const events = readEvents(stand, id, 0, leaving.signal);
    await settled();
    leaving.abort();
    expect(typesOf(await events)).toEqual(["started"]);
  });

  test("nobody sees an event before it is in the database", async () => {
    const { id } = await startBuild(stand, (await newDocument(stand)).id);
    const run = await stand.host.run(0);
    const following = (async () => {
      for await (const { firstSeq, lines } of stand.builds.follow(id, 0, new AbortController().signal)) {
        const lastSeq = firstSeq + lines.length - 1;
        expect(
          await stand.db.buildChunk.count({ where: { buildId: id, lastSeq: { gte: lastSeq } } }),
        ).toBeGreaterThan(0);
      }
    })();
    for (let i = 0; i < 20; i++) {
      run.emit(log(`${i}`, `sha256:${i}`));
      await settled();
    }
    run.finish("succeeded");
    await following;
  });
});

test("pieces of one process's output are joined, others keep their order", async () => {
  const { id } = await startBuild(stand, (await newDocument(stand)).id);
  const run = await stand.host.run(0);
  for (const [text, vertex, stream] of [
    ["a", "v1", 1],
    ["b", "v1", 1],
    ["c", "v1", 2],
    ["d", "v2", 2],
    ["e", "v1", 1],
    ["\u0000\ud800 “ü”\n", "v1", 1],
  ] as const) {
    run.emit(log(text, vertex, stream));
  }
  run.finish("succeeded");
  const logs = (await readEvents(stand, id)).filter((event) => event.type === "log");
  expect(logs.map(({ text, vertex, stream }) => [text, vertex, stream])).toEqual([
    ["ab", "v1", 1],
    ["c", "v1", 2],
    ["d", "v2", 2],
    ["e\u0000\ud800 “ü”\n", "v1", 1],
  ]);
});

test("two hundred thousand lines are recorded and read back whole", async () => {
  const { id } = await startBuild(stand, (await newDocument(stand)).id);
  const run = await stand.host.run(0);
  let seen = 0;
  const following = (async () => {
    for await (const { lines } of stand.builds.follow(id, 0, new AbortController().signal)) {
      for (const line of lines) {
        const event = JSON.parse(line) as BuildEvent;
        if (event.type === "log") seen += event.text.split("\n").length - 1;
      }
    }
  })();
  for (let i = 0; i < 200_000; i++) {
    run.emit(log(`line ${i} of a build that talks a lot, sixty-six bytes ...\n`));
    if (i % 2_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  run.finish("succeeded");
  await following;
  expect(seen).toBe(200_000);
}, 30_000);

/** What was due has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}
