/** The database: opened, migrated, and as Prisma's client. */
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathOf } from "./connection";
import { PrismaClient } from "./generated/client";
import { migrate } from "./migrate";
import { openSqlite, SqliteAdapter } from "./sqlite";

/**
 * One transaction runs at a time. Prisma would give up on the next after two seconds, which the longest, the record of
 * an import, may well take; and on one that runs after five, on a machine that is busy with something else.
 */
const TRANSACTIONS = { maxWait: 120_000, timeout: 30_000 };

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
  const db = new PrismaClient({ adapter: new SqliteAdapter(client), transactionOptions: TRANSACTIONS });
  return {
    db,
    applied,
    close: async () => {
      await db.$disconnect();
      client.close();
    },
  };
}
