import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { BuildEventBody } from "@/lib/build/events";
import { buildOptionsSchema } from "@/lib/build/options";
import type { EventBatch } from "@/lib/build/server/chunks";
import { type ReadRecord, readRecord as readFile } from "@/lib/build/server/record-file/read";
import { writeRecord } from "@/lib/build/server/record-file/write";
import { createRecords } from "@/lib/build/server/records";
import type { BuildDetail } from "@/lib/share/answers";
import { at, finished, log, numbered, plan, size, started, vertex } from "../build/events";
import { openStand } from "./stand";

const TEXT = "FROM a AS one\r\nRUN b\r\nFROM a\r\n";
const head = {
  format: "stagecraft-build",
  version: 1,
  createdAt: 99_000,
  options: { target: 0, secrets: ["npm"] },
  text: TEXT,
  file: { eol: "crlf", bom: false },
};
const bodies: BuildEventBody[] = [
  started,
  plan(["one", null], { run: [at(0, 1)] }),
  vertex("run", { started: 1, completed: 2 }),
  log("run", "über\n"),
  { type: "built" },
  size(0, 5, [
    [null, 5],
    [1, 3],
  ]),
  finished("succeeded"),
];
const events = numbered(bodies);
const pack = (lines: readonly unknown[], end = "\n") =>
  gzipSync(lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n") + end);

/** All of it at once. */
const readRecord = (packed: Uint8Array, limits?: Parameters<typeof readFile>[2]) =>
  readFile(packed, gathered, limits);

async function gathered({ head, row, batches }: ReadRecord) {
  const all: EventBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return { head, row, batches: all };
}

describe("the record of a build", () => {
  test.each(["\n", ""])("is read to its row and its events, ended by %j", async (end) => {
    const { head: read, row, batches } = await readRecord(pack([head, ...events], end));
    expect(read.options).toEqual(buildOptionsSchema.parse(head.options));
    expect(read.text).toBe(TEXT);
    expect(row).toEqual({
      status: "succeeded",
      host: "here",
      startedAt: new Date(events[0]!.at),
      // As a build of one's own: what is weighed after it does not count.
      endedAt: new Date(events[4]!.at),
      error: null,
      sizes: JSON.stringify({ 0: 8 }),
    });
    expect(batches.map(({ firstSeq }) => firstSeq)).toEqual([1]);
    expect(batches[0]!.lines.map((line) => JSON.parse(line))).toEqual(events);
  });

  test("comes back as it was written, without its host's id, a long log in several chunks", async () => {
    const long = numbered([
      started,
      ...Array.from({ length: 60 }, () => log("run", randomBytes(15_000).toString("hex"))),
      finished("failed", { message: "It did not work." }),
    ]);
    const build: BuildDetail = {
      id: "b",
      documentId: "d",
      status: "failed",
      host: "here",
      options: buildOptionsSchema.parse({ host: "inner-name", buildArgs: { A: "1" } }),
      error: null,
      createdAt: 5,
      startedAt: 6,
      endedAt: 7,
      sizes: {},
      text: TEXT,
      format: { eol: "crlf", bom: true },
    };
    const read = async (_id: string, seq: number) =>
      seq >= long.length
        ? []
        : [{ firstSeq: seq + 1, lines: long.slice(seq, seq + 7).map((event) => JSON.stringify(event)) }];
    const packed = await buffer(writeRecord(build, { read }));
    expect(gunzipSync(packed).toString()).not.toContain("inner-name");
    const back = await readRecord(packed);
    expect(back.head).toMatchObject({ createdAt: 5, text: TEXT, file: { eol: "crlf", bom: true } });
    expect(back.head.options.buildArgs).toEqual({ A: "1" });
    expect(back.batches.length).toBeGreaterThan(1);
    const lines = back.batches.flatMap((batch) => batch.lines);
    // One by one: all of it would be a long thing to print.
    for (const [nth, line] of lines.entries()) expect(JSON.parse(line)).toEqual(long[nth]);
    expect(lines).toHaveLength(long.length);
    expect(back.row).toMatchObject({
      status: "failed",
      error: JSON.stringify({ message: "It did not work." }),
    });
  });

  const without = (index: number) => events.filter((_, nth) => nth !== index);
  const instead = (index: number, event: object) =>
    events.map((each, nth) => (nth === index ? { ...each, ...event } : each));
  test.each<[string, Uint8Array, string, string]>([
    ["what is no gzip", Buffer.from("hello"), "bad-record", "not gzip"],
    ["nothing", new Uint8Array(), "bad-record", ""],
    ["gzip of nothing", gzipSync(""), "bad-record", "empty"],
    ["a file that was cut", pack([head, ...events]).subarray(0, -12), "bad-record", "cut short"],
    ["what is not UTF-8", gzipSync(Buffer.from([0x7b, 0xff, 0xfe])), "bad-record", "UTF-8"],
    ["no JSON", pack(["FROM a"]), "bad-record", "Line 1 is not JSON"],
    ["another head", pack([{ hello: 1 }]), "bad-record", "Line 1 is not the head"],
    ["null", pack(["null"]), "bad-record", "Line 1 is not the head"],
    ["a newer version", pack([{ ...head, version: 2 }]), "newer-record", "version 2"],
    [
      "a secret's value",
      pack([{ ...head, options: { secrets: { a: "b" } } }]),
      "bad-record",
      "options.secrets",
    ],
    ["a head alone", pack([head]), "bad-record", "ends before"],
    [
      "an event that is none",
      pack([head, { seq: 1, at: 1, type: "hm" }]),
      "bad-record",
      "Line 2 is not an event",
    ],
    ["a line that is empty", pack([head, "", ...events]), "bad-record", "Line 2 is not JSON"],
    ["a gap", pack([head, ...without(2)]), "bad-record", "Line 4 is event 4"],
    ["an event twice", pack([head, events[0], ...events]), "bad-record", "Line 3 is event 1"],
    ["no end", pack([head, ...without(6)]), "bad-record", "ends before"],
    [
      "something after the end",
      pack([head, ...events, { ...started, seq: 8, at: 1 }]),
      "bad-record",
      "Line 9 comes after",
    ],
    ["a time before time", pack([head, ...instead(0, { at: -1 })]), "bad-record", "Line 2 has no time"],
    ["a time after all", pack([head, ...instead(0, { at: 1e300 })]), "bad-record", "Line 2 has no time"],
    [
      "more stages than the text has",
      pack([head, ...instead(1, plan(["a", "b", "c"], {}))]),
      "bad-record",
      "Line 3 plans more stages",
    ],
    [
      "a step in no stage",
      pack([head, ...instead(1, plan(["a"], { run: [at(1, 0)] }))]),
      "bad-record",
      "Line 3 places a step",
    ],
    [
      "the size of no stage",
      pack([head, ...instead(5, { stage: 2 })]),
      "bad-record",
      "Line 7 weighs a stage",
    ],
    [
      "a name that every object has",
      pack([head, ...instead(2, { digest: "__proto__" })]),
      "bad-record",
      "Line 4 names a step",
    ],
  ])("is refused where it is %s", async (_what, packed, code, said) => {
    await expect(readRecord(packed)).rejects.toMatchObject({ code, message: expect.stringContaining(said) });
  });

  const LIMITS = { unpacked: 100_000, line: 50_000, events: 10 };
  const many = numbered([started, ...Array.from({ length: 10 }, () => log("run", "x"))]);
  test.each<[string, Uint8Array, string]>([
    ["more than it may unpack to", gzipSync(Buffer.alloc(50_000_000, "\n ")), "100,000 bytes"],
    ["a line that is too long", pack([head, { type: "x".repeat(60_000) }]), "50,000 characters"],
    ["too many events", pack([head, ...many]), "10 events"],
  ])("is refused early with %s", async (_what, packed, said) => {
    await expect(readRecord(packed, LIMITS)).rejects.toMatchObject({
      kind: expect.stringMatching(/tooLarge|unsafe/),
      message: expect.stringMatching(new RegExp(`${said}|Line 1 is not JSON`)),
    });
  });

  test("what is compared of a build leaves its log aside, also of an imported one", async () => {
    const stand = await openStand();
    try {
      const owner = await stand.visitors.create();
      const { id: document } = await stand.documents.create(owner.visitor, { text: TEXT }, true);
      const own = await stand.builds.start(
        document,
        await stand.documents.source(document),
        buildOptionsSchema.parse({}),
        false,
      );
      const run = await stand.host.run(0);
      for (const event of bodies.slice(1, 4)) run.emit(event);
      run.finish("succeeded");
      for await (const _ of stand.builds.follow(own.id, 0, new AbortController().signal));
      const taken = await stand.builds.takeRecord(document, pack([head, ...events]));
      const records = createRecords(stand.db, Date.now);
      for (const { id } of [own, taken]) {
        const state = (await records.recorded(id, async () => null))!.state;
        expect(state.vertices.run).toMatchObject({ status: "done", logLines: 0 });
      }
    } finally {
      await stand.close();
    }
  });

  test("whoever stops to read it stops the writing", async () => {
    let asked = 0;
    const read = async (_id: string, seq: number) => {
      asked++;
      return [{ firstSeq: seq + 1, lines: [randomBytes(40_000).toString("hex")] }];
    };
    const stream = writeRecord({ ...head, format: head.file, options: {} } as unknown as BuildDetail, {
      read,
    });
    const web = Readable.toWeb(stream).getReader();
    await web.read();
    await web.cancel();
    await new Promise((done) => (stream.closed ? done(null) : stream.once("close", done)));
    const until = asked;
    await new Promise((done) => setImmediate(done));
    expect(asked - until).toBeLessThanOrEqual(1);
  });
});
