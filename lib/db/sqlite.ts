/** Prisma's way to the embedded database. */
import { type Client, createClient, type Transaction } from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql";

/**
 * Opens the file. WAL with synchronous=FULL: once a write is answered it survives a killed process and a power cut.
 */
export async function openSqlite(url: string): Promise<Client> {
  // The timeout is how long a writer waits for another process before it gives up.
  const client = createClient({ url, timeout: 10_000 });
  await client.execute("PRAGMA journal_mode = WAL");
  await client.execute("PRAGMA synchronous = FULL");
  await client.execute("PRAGMA foreign_keys = ON");
  return client;
}

/** The adapter over one connection that is already open. */
export class SqliteAdapter extends PrismaLibSql {
  constructor(private readonly client: Client) {
    super({ url: "file:" });
  }

  override createClient(): Client {
    const client = this.client;
    return new Proxy(client, {
      get(target, property) {
        if (property === "transaction") return () => beginOn(client);
        const value: unknown = Reflect.get(target, property);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  }
}

/**
 * libSQL's own transactions each leave their connection behind, unclosed, and begin as readers, which fail at once when
 * another process writes. Prisma's adapter lets one transaction run at a time, so the one connection will do.
 */
async function beginOn(client: Client): Promise<Transaction> {
  await client.execute("BEGIN IMMEDIATE");
  let closed = false;
  const end = async (statement: "COMMIT" | "ROLLBACK") => {
    if (closed) return;
    await client.execute(statement);
    closed = true;
  };
  return {
    execute: (statement) => client.execute(statement),
    batch: async (statements) => {
      const results = [];
      for (const statement of statements) results.push(await client.execute(statement));
      return results;
    },
    executeMultiple: (sql) => client.executeMultiple(sql),
    commit: () => end("COMMIT"),
    rollback: () => end("ROLLBACK"),
    close: () => void end("ROLLBACK"),
    get closed() {
      return closed;
    },
  };
}
