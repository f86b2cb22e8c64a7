import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "@libsql/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db";
import { migrate } from "@/lib/db/migrate";
import { openSqlite } from "@/lib/db/sqlite";
import { migrationStatus, migrationsTarget, schemaTarget, sqlBetween } from "@/prisma/schema-engine";

const ROOT = process.cwd();
let folder: string;
let url: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagecraft-db-"));
  url = `file:${join(folder, "test.db")}`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Tables, columns, indexes and keys as SQLite understood them, without Prisma's own table. */
async function shapeOf(databaseUrl: string): Promise<string[]> {
  const client = createClient({ url: databaseUrl });
  const { rows } = await client.execute(
    "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '_prisma%' ORDER BY name",
  );
  client.close();
  // A column that came later stands in the last one's line.
  return rows.map((row) => String(row.sql).replace(/\s+/g, " "));
}

describe("the migrations", () => {
  test("say exactly what the schema says, by Prisma's own engine", async () => {
    expect(await sqlBetween(migrationsTarget(), schemaTarget())).toBe("");
  });

  test("would be found out if they did not", async () => {
    const path = join(folder, "schema.prisma");
    const schema = readFileSync("prisma/schema.prisma", "utf8");
    writeFileSync(path, schema.replace("tokenHash String     @unique", "tokenHash String"));
    expect(await sqlBetween(migrationsTarget(), schemaTarget(path))).toContain(
      'DROP INDEX "Visitor_tokenHash_key"',
    );
  });

  test("applied by us give the database that the schema asks for", async () => {
    await (await openDatabase(url, ROOT)).close();
    const asked = `file:${join(folder, "asked.db")}`;
    const client = createClient({ url: asked });
    await client.executeMultiple(await sqlBetween({ tag: "empty" }, schemaTarget()));
    client.close();
    expect(await shapeOf(url)).toEqual(await shapeOf(asked));
    expect((await shapeOf(url)).length).toBeGreaterThan(10);
  });
});

describe("applying", () => {
  test("is recorded as Prisma records it, and done once", async () => {
    const first = await openDatabase(url, ROOT);
    await first.close();
    const second = await openDatabase(url, ROOT);
    const rows = await second.db.$queryRaw<Record<string, unknown>[]>`SELECT * FROM _prisma_migrations`;
    await second.close();
    const names = readdirSync("prisma/migrations").filter((name) => !name.endsWith(".toml"));
    expect(first.applied).toEqual(names);
    expect(second.applied).toEqual([]);
    expect(rows.map((row) => row.migration_name)).toEqual(names);
    expect(rows.every((row) => /^[0-9a-f]{64}$/.test(String(row.checksum)) && row.finished_at !== null)).toBe(
      true,
    );
  });

  test("leaves a history that Prisma's own engine finds up to date", async () => {
    await (await openDatabase(url, ROOT)).close();
    expect(await migrationStatus(url)).toEqual({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    });
    const migrations = join(folder, "migrations");
    cpSync("prisma/migrations", migrations, { recursive: true });
    mkdirSync(join(migrations, "29990101000000_more"));
    writeFileSync(join(migrations, "29990101000000_more/migration.sql"), "SELECT 1;");
    expect((await migrationStatus(url, migrations)).history?.diagnostic).toBe("databaseIsBehind");
  });

  test("stops at a database that a newer one has changed, and leaves it alone", async () => {
    await (await openDatabase(url, ROOT)).close();
    const migrations = join(folder, "migrations");
    cpSync("prisma/migrations", migrations, { recursive: true });
    const newest = readdirSync(migrations)
      .filter((name) => /^\d/.test(name))
      .sort()
      .at(-1)!;
    rmSync(join(migrations, newest), { recursive: true });
    const client = await openSqlite(url);
    await expect(migrate(client, migrations)).rejects.toThrow(`newer Stagecraft (${newest})`);
    client.close();
    expect((await openDatabase(url, ROOT)).applied).toEqual([]);
  });

  test("by several starters at once happens once", async () => {
    const script = join(ROOT, "tests/db/starter.ts");
    const runs = Array.from({ length: 4 }, () =>
      promisify(execFile)(process.execPath, ["--import", "tsx", script, url, ROOT]),
    );
    const applied = (await Promise.all(runs)).map(({ stdout }) => JSON.parse(stdout) as string[]);
    const migrations = readdirSync("prisma/migrations").filter((name) => !name.endsWith(".toml"));
    expect(applied.flat().sort()).toEqual(migrations);
  }, 30_000);

  test.each([
    ["broken SQL", "CREATE TABLE half (id TEXT); CREATE TABL oops (id TEXT);", /oops|TABL/],
    [
      "rows that refer to nothing",
      "INSERT INTO ShareLink (token, documentId) VALUES ('t', 'none');",
      /refer to nothing/,
    ],
  ])("of %s leaves the database as it was", async (_what, sql, reason) => {
    const migrations = join(folder, "migrations");
    cpSync("prisma/migrations", migrations, { recursive: true });
    const client = await openSqlite(url);
    await migrate(client, migrations);
    const before = await shapeOf(url);
    cpSync(join(migrations, readdirSync(migrations)[0] ?? ""), join(migrations, "29990101000000_bad"), {
      recursive: true,
    });
    writeFileSync(join(migrations, "29990101000000_bad/migration.sql"), sql);
    await expect(migrate(client, migrations)).rejects.toThrow(reason);
    client.close();
    expect(await shapeOf(url)).toEqual(before);
    const again = await openDatabase(url, ROOT);
    expect(await again.db.shareLink.count()).toBe(0);
    await again.close();
  });

  test("refuses a migration that was changed afterwards", async () => {
    const migrations = join(folder, "migrations");
    cpSync("prisma/migrations", migrations, { recursive: true });
    const client = await openSqlite(url);
    const [name] = await migrate(client, migrations);
    writeFileSync(join(migrations, name ?? "", "migration.sql"), "SELECT 1;");
    await expect(migrate(client, migrations)).rejects.toThrow(/changed after/);
    client.close();
  });

  test("keeps what refers to a table that a migration makes anew", async () => {
    const migrations = join(folder, "migrations");
    cpSync("prisma/migrations", migrations, { recursive: true });
    const client = await openSqlite(url);
    await migrate(client, migrations);
    await client.executeMultiple(`
      INSERT INTO Visitor (id, tokenHash) VALUES ('v', 'h');
      INSERT INTO Document (id, ownerId, title, state) VALUES ('d', 'v', 't', x'00');`);
    const path = join(migrations, "29990101000000_anew");
    cpSync(join(migrations, readdirSync(migrations)[0] ?? ""), path, { recursive: true });
    writeFileSync(
      join(path, "migration.sql"),
      `PRAGMA defer_foreign_keys=ON;
       PRAGMA foreign_keys=OFF;
       CREATE TABLE "new_Visitor" ("id" TEXT NOT NULL PRIMARY KEY, "tokenHash" TEXT NOT NULL, "createdAt" DATETIME);
       INSERT INTO "new_Visitor" SELECT "id", "tokenHash", "createdAt" FROM "Visitor";
       DROP TABLE "Visitor";
       ALTER TABLE "new_Visitor" RENAME TO "Visitor";
       PRAGMA foreign_keys=ON;
       PRAGMA defer_foreign_keys=OFF;`,
    );
    await migrate(client, migrations);
    expect((await client.execute("SELECT id FROM Document")).rows).toHaveLength(1);
    client.close();
  });
});
