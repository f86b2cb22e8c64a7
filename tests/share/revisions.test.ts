/** Which texts of a document are kept, for how long, and which are not kept twice. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenDatabase, openDatabase } from "@/lib/db";
import {
  createRevisions,
  EDITING_MS,
  MAX_REVISION_BYTES,
  MAX_REVISIONS,
  type Revisions,
} from "@/lib/share/server/revisions";

let folder: string;
let opened: OpenDatabase;
let revisions: Revisions;
let clock: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "stagecraft-revisions-"));
  opened = await openDatabase(`file:${join(folder, "test.db")}`, process.cwd());
  const owner = { create: { id: "v", tokenHash: "h" } };
  for (const id of ["d", "other"]) {
    const connected = id === "d" ? owner : { connect: { id: "v" } };
    await opened.db.document.create({ data: { id, title: "T", state: new Uint8Array(), owner: connected } });
  }
  clock = 1_000_000_000;
  revisions = createRevisions(opened.db, () => clock);
});
afterEach(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const texts = async (id = "d") => {
  const listed = await revisions.list(id);
  return Promise.all(listed.map(async (each) => (await revisions.get(id, each.id)).text));
};
const edit = (text: string, changedAt = clock) => revisions.keepEdited("d", text, new Date(changedAt));

test("of a text that is edited one is kept every ten minutes", async () => {
  for (const [minute, text] of [
    [0, "a"],
    [1, "b"],
    [9, "c"],
    [10, "d"],
    [19, "e"],
    [20, "f"],
  ] as const) {
    clock = 1_000_000_000 + minute * 60_000;
    await edit(text);
  }
  expect(await texts()).toEqual(["f", "d", "a"]);
  expect(EDITING_MS).toBe(600_000);
});

test("one that had rested for days is dated by its last change, and the next is kept ten minutes later all the same", async () => {
  await edit("old", clock - 5 * 86_400_000);
  await edit("just now");
  expect(await revisions.list("d")).toMatchObject([
    { cause: "edited", bytes: 3, changedAt: clock - 432_000_000 },
  ]);
});

test("nothing is kept that is empty, or the same as the last", async () => {
  await edit(" \n");
  await edit("a");
  clock += EDITING_MS;
  await edit("a");
  expect(await texts()).toEqual(["a"]);
});

test("what is shared is kept at once, and a kept text that is shared says so", async () => {
  await edit("a");
  await revisions.keepShared("d", "b", new Date(clock));
  await revisions.keepShared("d", "b", new Date(clock));
  expect(await revisions.list("d")).toMatchObject([{ cause: "shared" }, { cause: "edited" }]);
  await revisions.keepShared("other", "a", new Date(clock));
  expect(await texts("other")).toEqual(["a"]);
});

test("as many are kept as there may be, and as many bytes", async () => {
  for (let at = 0; at < MAX_REVISIONS + 2; at++) {
    clock += EDITING_MS;
    await edit(`text ${at}`);
  }
  const kept = await texts();
  expect(kept).toHaveLength(MAX_REVISIONS);
  expect(kept.at(-1)).toBe("text 2");
  clock += EDITING_MS;
  await edit("x".repeat(MAX_REVISION_BYTES - 10));
  expect((await texts()).map(({ length }) => length)).toEqual([MAX_REVISION_BYTES - 10, 7]);
});

test("a text that is gone, or another document's, is refused in words", async () => {
  await revisions.keepShared("other", "a", new Date(clock));
  const [{ id } = { id: "" }] = await revisions.list("other");
  await expect(revisions.get("d", id)).rejects.toMatchObject({ code: "unknown-revision" });
  await opened.db.document.delete({ where: { id: "other" } });
  expect(await opened.db.revision.count()).toBe(0);
});
