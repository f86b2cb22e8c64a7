/** One connection to an SQLite file, with statements that are kept ready. */
import { fileURLToPath } from "node:url";
import type { Client, Transaction } from "@libsql/client";
import { Sqlite3Client } from "@libsql/client/sqlite3";
import Libsql from "libsql";

/** Those used longest ago go first. Prisma asks in fewer ways than that. */
const KEPT_STATEMENTS = 200;

type Statement = ReturnType<Libsql.Database["prepare"]>;

/**
 * A statement is prepared once, and lives as long as its connection. That is not for speed alone: libSQL frees memory
 * when JavaScript's collector comes by, each statement until then keeps the values that it wrote last, and a connection
 * that no statement outlives is freed twice, which corrupts the memory of the process.
 */
class Connection extends Libsql {
  private readonly kept = new Map<string, Statement>();

  constructor(path: string, options: Libsql.Options) {
    super(path, options);
    connections.add(this);
  }

  // The type of the base is an overload for parameters that nobody here names.
  override prepare = ((sql: string) => {
    const statement = this.kept.get(sql) ?? (super.prepare(sql) as Statement);
    this.kept.delete(sql);
    this.kept.set(sql, statement);
    if (this.kept.size > KEPT_STATEMENTS) this.kept.delete(this.kept.keys().next().value!);
    return statement;
  }) as Libsql.Database["prepare"];

  /** The file stays open until the statements are collected: what must be over by then is to be ended before. */
  override close(): this {
    super.close();
    connections.delete(this);
    return this;
  }
}

/** Held, so that none is collected before it is closed. */
const connections = new Set<Connection>();
process.once("exit", () => {
  for (const connection of connections) connection.close();
});

class SqliteClient extends Sqlite3Client {
  constructor(
    path: string,
    options: Libsql.Options,
    private readonly connection = new Connection(path, options),
  ) {
    super(path, options, connection, "number");
  }

  /**
   * libSQL's own transactions each leave their connection behind, unclosed, and begin as readers, which fail at once
   * when another process writes. Whoever uses this lets one transaction run at a time, so the one connection will do.
   */
  override async transaction(): Promise<Transaction> {
    await this.execute("BEGIN IMMEDIATE");
    let closed = false;
    const end = async (statement: "COMMIT" | "ROLLBACK") => {
      if (closed) return;
      await this.execute(statement);
      closed = true;
    };
    return {
      execute: (statement) => this.execute(statement),
      batch: async (statements) => {
        const results = [];
        for (const statement of statements) results.push(await this.execute(statement));
        return results;
      },
      // The client's own takes back the transaction that it finds itself in.
      executeMultiple: async (sql) => void this.connection.exec(sql),
      commit: () => end("COMMIT"),
      rollback: () => end("ROLLBACK"),
      // SQLite has taken back by itself what it could not go on with.
      close: () => void end("ROLLBACK").catch(() => {}),
      get closed() {
        return closed;
      },
    };
  }
}

/**
 * @param url file:…
 * @param timeout milliseconds that a writer waits for another process before it gives up
 */
export function openConnection(url: string, timeout: number): Client {
  return new SqliteClient(pathOf(url), { timeout });
}

export function pathOf(url: string): string {
  return url.startsWith("file://") ? fileURLToPath(url) : url.slice("file:".length);
}
