/**
 * Applies Prisma's migrations and keeps Prisma's own table of them, so that `prisma migrate status` agrees. Prisma's
 * command is not used because it downloads an engine, which a closed network does not give.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "@libsql/client";

const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
  "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;

/**
 * Returns the names of what it applied. One that fails leaves the database as it was before that one. The client is
 * to be used for nothing else, and closed afterwards.
 */
export async function migrate(client: Client, folder: string): Promise<string[]> {
  const applied: string[] = [];
  const migrations = await readMigrations(folder);
  await refuseNewer(client, new Set(migrations.map(({ name }) => name)));
  for (const { name, sql } of migrations) {
    const checksum = createHash("sha256").update(sql).digest("hex");
    // Prisma changes a table by copying it and dropping the old one, which must not cascade to what refers to it.
    await client.execute("PRAGMA foreign_keys = OFF");
    // The write lock makes a second starter wait here; it then sees the migration as done.
    const transaction = await client.transaction("write");
    try {
      await transaction.execute(TABLE);
      const known = await transaction.execute({
        sql: `SELECT checksum FROM "_prisma_migrations" WHERE migration_name = ? AND rolled_back_at IS NULL`,
        args: [name],
      });
      const before = known.rows[0]?.checksum;
      if (before !== undefined && before !== checksum) {
        throw new Error("it was changed after it was applied to this database");
      }
      if (before === undefined) {
        await transaction.executeMultiple(sql);
        const broken = await transaction.execute("PRAGMA foreign_key_check");
        if (broken.rows.length > 0) throw new Error("it leaves rows that refer to nothing");
        const now = Date.now();
        await transaction.execute({
          sql: `INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)`,
          args: [randomUUID(), checksum, now, name, now],
        });
        applied.push(name);
      }
      await transaction.commit();
    } catch (error) {
      transaction.close();
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`Migration ${name} of the database could not be applied: ${reason}`, { cause: error });
    }
  }
  return applied;
}

/** What a newer version has made of the database is not understood here, and writing into it might lose something. */
async function refuseNewer(client: Client, known: ReadonlySet<string>): Promise<void> {
  const { rows: tables } = await client.execute(
    `SELECT name FROM sqlite_schema WHERE name = '_prisma_migrations'`,
  );
  if (tables.length === 0) return;
  const { rows } = await client.execute(
    `SELECT migration_name FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  const newer = rows.map((row) => String(row.migration_name)).filter((name) => !known.has(name));
  if (newer.length > 0)
    throw new Error(
      `The database was used by a newer Stagecraft (${newer.join(", ")}): start that one, or give this one a data folder of its own.`,
    );
}

async function readMigrations(folder: string): Promise<{ name: string; sql: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(join(folder, name, "migration.sql"), "utf8") })),
  );
}
