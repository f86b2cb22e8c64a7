/** Writes the migration that brings the migrations up to the schema: `npx tsx prisma/write-migration.ts what_it_does`. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrationsTarget, schemaTarget, sqlBetween } from "./schema-engine";

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  throw new Error(
    "Give the migration a name of lower-case words: npx tsx prisma/write-migration.ts add_links",
  );
}
const folder = "prisma/migrations";
const lock = join(folder, "migration_lock.toml");
if (!existsSync(lock)) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(lock, '# Kept by Prisma: the database these migrations are for.\nprovider = "sqlite"\n');
}
const sql = await sqlBetween(migrationsTarget(folder), schemaTarget());
if (sql === "") {
  console.log("The migrations already say what the schema says.");
} else {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const path = join(folder, `${stamp}_${name}`);
  mkdirSync(path);
  writeFileSync(join(path, "migration.sql"), `${sql}\n`);
  console.log(`Wrote ${path}/migration.sql`);
}
