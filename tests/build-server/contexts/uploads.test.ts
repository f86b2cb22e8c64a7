/** Contents that wait to be attached: what several requests at once come to. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openUploads, type Uploads } from "@/lib/build/server/contexts/uploads";

const LIMIT = 1_000;
let data: string;
let uploads: Uploads;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), "stagecraft-uploads-"));
  uploads = await openUploads(data, { bytes: LIMIT, entries: 3 });
});
afterEach(() => rmSync(data, { recursive: true }));

function frame(content: string): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(content.length));
  return Buffer.concat([createHash("sha256").update(content).digest(), length, Buffer.from(content)]);
}

/** A body of which the end waits until somebody lets it through. */
function slowly(bytes: Buffer): { body: AsyncIterable<Uint8Array>; finish(): void } {
  let finish = () => {};
  const wait = new Promise<void>((resolve) => {
    finish = resolve;
  });
  async function* body() {
    yield bytes.subarray(0, -1);
    await wait;
    yield bytes.subarray(-1);
  }
  return { body: body(), finish };
}

async function* whole(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const held = (id: string) => readdirSync(join(data, "uploads", id)).filter((name) => !name.endsWith(".part"));
const refused = (code: string) => expect.objectContaining({ code });

test.each([
  ["bytes", ["a".repeat(600)], ["b".repeat(600)], "context-too-large"],
  ["files", ["1", "2"], ["3", "4"], "too-many-entries"],
])("requests at once may together send no more %s than one", async (_what, first, second, code) => {
  const { body, finish } = slowly(Buffer.concat(first.map(frame)));
  const one = uploads.receive("a", body);
  // The first has its place before the other comes.
  while (
    readdirSync(join(data, "uploads")).length === 0 ||
    readdirSync(join(data, "uploads/a")).length < first.length
  )
    await new Promise((resolve) => setImmediate(resolve));
  const both = Buffer.concat(second.map(frame));
  await expect(uploads.receive("a", whole(both))).rejects.toEqual(refused(code));
  finish();
  await one;
  expect(held("a")).toHaveLength(first.length + (code === "too-many-entries" ? 1 : 0));
});

test.each([
  ["bytes", "a".repeat(400), 3, "context-too-large"],
  ["files", "", 4, "too-many-entries"],
])(
  "a request sends no more %s than may lie there, also the same again and again",
  async (_what, content, times, code) => {
    const bytes = Buffer.concat(Array.from({ length: times }, () => frame(content)));
    await expect(uploads.receive("a", whole(bytes))).rejects.toEqual(refused(code));
  },
);

test("what was refused or broke off takes no room", async () => {
  const { body, finish } = slowly(frame("a".repeat(600)));
  const one = uploads.receive("a", body);
  const broken = frame("b".repeat(300)).subarray(0, 200);
  await expect(uploads.receive("a", whole(broken))).rejects.toEqual(refused("broken-off"));
  await uploads.receive("a", whole(frame("c".repeat(400))));
  finish();
  await one;
  expect(held("a")).toHaveLength(2);
});

test("what is taken away while others are looked through is nobody's fault", async () => {
  for (const id of ["a", "b", "c"]) await uploads.of(id);
  await uploads.collect(async (id) => {
    for (const other of ["a", "b", "c"]) if (other !== id) await uploads.remove(other);
    return true;
  }, Date.now());
  expect(readdirSync(join(data, "uploads"))).toHaveLength(1);
});
