/** Prisma's way to the embedded database. */
import type { Client } from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { openConnection } from "./connection";

const TIMEOUT_MS = 10_000;

/**
 * Opens the file. WAL with synchronous=FULL: once a write is answered it survives a killed process and a power cut.
 */
export async function openSqlite(url: string): Promise<Client> {
  const client = openConnection(url, TIMEOUT_MS);
  await client.execute("PRAGMA journal_mode = WAL");
  await client.execute("PRAGMA synchronous = FULL");
  await client.execute("PRAGMA foreign_keys = ON");
  return client;
}

/** The adapter over one connection that is already open: it lets one transaction run at a time. */
export class SqliteAdapter extends PrismaLibSql {
  constructor(private readonly client: Client) {
    super({ url: "file:" });
  }

  override createClient(): Client {
    return this.client;
  }
}
