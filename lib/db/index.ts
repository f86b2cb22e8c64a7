/** The database: opened, migrated, and as Prisma's client. */
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathOf } from "./connection";
import { PrismaClient } from "./generated/client";
import { migrate } from "./migrate";
import { openSqlite, SqliteAdapter } from "./sqlite";

export type Database = PrismaClient;
/** The client, or what stands for it within a transaction. */
export type DatabaseSession = Omit<
  PrismaClient,
  "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends" | "$use"
>;

export interface OpenDatabase {
  db: Database;
  /** Migrations that this start applied. */
  applied: string[];
  close(): Promise<void>;
}

/** `url` is file:…; `root` holds prisma/migrations. */
export async function openDatabase(url: string, root: string): Promise<OpenDatabase> {
  await mkdir(dirname(pathOf(url)), { recursive: true });
  const migrating = await openSqlite(url);
  const applied = await migrate(migrating, join(root, "prisma/migrations")).finally(() => migrating.close());
  const client = await openSqlite(url);
  const db = new PrismaClient({ adapter: new SqliteAdapter(client) });
  return {
    db,
    applied,
    close: async () => {
      await db.$disconnect();
      client.close();
    },
  };
}
