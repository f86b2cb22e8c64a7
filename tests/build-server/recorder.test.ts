import { expect, test } from "vitest";
import { Recorder } from "@/lib/build/server/recorder";
import type { Database } from "@/lib/db";
import { log } from "./fake-host";

const MEGABYTE = 1024 * 1024;

/** A database that takes its time: each write waits until it is let through. */
function slowDatabase() {
  const writes: { length: number; let: () => void }[] = [];
  const waiting: (() => void)[] = [];
  const db = {
    buildChunk: { createMany: ({ data }: { data: { events: string }[] }) => data },
    build: { update: () => null },
    $transaction: ([data]: [{ events: string }[]]) =>
      new Promise<void>((done) => {
        const length = data.reduce((sum, { events }) => sum + events.length, 0);
        writes.push({ length, let: done });
        for (const arrived of waiting.splice(0)) arrived();
      }),
  };
  return {
    db: db as unknown as Database,
    writes,
    async write(index: number) {
      while (!writes[index]) await new Promise<void>((arrived) => waiting.push(arrived));
      return writes[index];
    },
  };
}

test("who reads a host is held back while what was read is not written, and held once more is little", async () => {
  const { db, write, writes } = slowDatabase();
  const recorder = new Recorder(db, "b", Date.now, (error) => {
    throw error;
  });
  const piece = "x".repeat(64 * 1024);
  let read = 0;
  /** As a job's status is read. */
  const reading = (async () => {
    for (; read < 400; read++) {
      recorder.emit(log(piece));
      await recorder.room();
    }
    await recorder.flush();
  })();
  for (let round = 0; ; round++) {
    const { length, let: go } = await write(round);
    expect(length).toBeLessThan(2 * MEGABYTE);
    const written = writes.reduce((sum, each) => sum + each.length, 0);
    expect(read * piece.length - written).toBeLessThan(2 * MEGABYTE);
    if (written >= 400 * piece.length) {
      go();
      break;
    }
    go();
  }
  await reading;
  expect(recorder.seq).toBe(400);
});

test("there is room at once where little was said", async () => {
  const { db, writes } = slowDatabase();
  const recorder = new Recorder(db, "b", Date.now, () => {});
  recorder.emit(log("one line\n"));
  await recorder.room();
  expect(writes).toEqual([]);
});
