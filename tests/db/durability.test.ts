import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db";

const ROOT = process.cwd();
let folder: string;
let url: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagecraft-db-"));
  url = `file:${join(folder, "test.db")}`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the connection", () => {
  test.each([
    ["journal_mode", "wal"],
    ["synchronous", 2n],
    ["foreign_keys", 1n],
  ])("has %s = %s, also after a transaction and an error", async (pragma, value) => {
    const { db, close } = await openDatabase(url, ROOT);
    const read = async () =>
      Object.values((await db.$queryRawUnsafe<object[]>(`PRAGMA ${pragma}`))[0] ?? {})[0];
    const visitor = { id: "a", tokenHash: "h" };
    await db.$transaction(async (session) => session.visitor.create({ data: visitor }));
    await expect(db.$transaction([db.visitor.create({ data: visitor })])).rejects.toThrow();
    expect(numberAsBig(await read())).toEqual(value);
    await close();
  });

  test("takes back all of a transaction that fails", async () => {
    const { db, close } = await openDatabase(url, ROOT);
    const one = { id: "a", tokenHash: "h" };
    await expect(
      db.$transaction([db.visitor.create({ data: one }), db.visitor.create({ data: one })]),
    ).rejects.toThrow();
    await expect(
      db.$transaction(async (session) => {
        await session.visitor.create({ data: one });
        throw new Error("thought better of it");
      }),
    ).rejects.toThrow(/better/);
    expect(await db.visitor.count()).toBe(0);
    await close();
  });

  test("lets a transaction wait for a long one before it, as the record of an import is", async () => {
    const { db, close } = await openDatabase(url, ROOT);
    let begun = () => {};
    const long = db.$transaction(async (session) => {
      await session.visitor.create({ data: { id: "a", tokenHash: "a" } });
      begun();
      await setTimeout(2_500);
    });
    await new Promise<void>((resolve) => {
      begun = resolve;
    });
    expect(await db.$transaction((session) => session.visitor.count())).toBe(1);
    await long;
    await close();
  });

  test("keeps transactions that run at once apart", async () => {
    const { db, close } = await openDatabase(url, ROOT);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        db.$transaction(async (session) => {
          const count = await session.visitor.count();
          await session.visitor.create({ data: { id: String(count), tokenHash: `h${i}` } });
        }),
      ),
    );
    expect(await db.visitor.count()).toBe(20);
    await close();
  });
});

test("a process killed in the midst of writing loses nothing that it was told is saved", async () => {
  for (let round = 0; round < 3; round++) {
    const told = await killWhileWriting(50 + round * 40, round);
    expect(told.length).toBeGreaterThan(0);
    const { db, close } = await openDatabase(url, ROOT);
    const kept = new Set((await db.visitor.findMany({ select: { id: true } })).map((row) => row.id));
    expect(told.filter((id) => !kept.has(id))).toEqual([]);
    expect(await db.$queryRaw`PRAGMA integrity_check`).toEqual([{ integrity_check: "ok" }]);
    await close();
  }
}, 60_000);

/** Starts a writer, kills it that many writes later, and gives back what it said was saved. */
async function killWhileWriting(writes: number, round: number): Promise<string[]> {
  const script = join(ROOT, "tests/db/writer.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, url, ROOT, `r${round}`]);
  let output = "";
  child.stdout.on("data", (part) => {
    output += part;
    if (output.split("\n").length > writes) child.kill("SIGKILL");
  });
  let errors = "";
  child.stderr.on("data", (part) => {
    errors += part;
  });
  await new Promise((resolve) => child.on("close", resolve));
  if (child.signalCode !== "SIGKILL") throw new Error(`The writer ended by itself: ${errors}`);
  return output.split("\n").slice(0, -1);
}

function numberAsBig(value: unknown): unknown {
  return typeof value === "number" ? BigInt(value) : value;
}
