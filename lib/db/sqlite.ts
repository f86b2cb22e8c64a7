/** Prisma's way to the embedded database. */
import type { Client } from "@libsql/client";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { openConnection } from "./connection";

const TIMEOUT_MS = 10_000;

type Adapter = Awaited<ReturnType<PrismaLibSql["connect"]>>;
type Asked = Pick<Adapter, "queryRaw" | "executeRaw">;
type Query = Parameters<Asked["queryRaw"]>[0];

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

  override async connect(): Promise<Adapter> {
    const adapter = forgetful(await super.connect());
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => forgetful(await start(level));
    return adapter;
  }
}

/** Prisma holds its last hundred queries for whoever looks for faults. It is not to hold what they write as well. */
function forgetful<Kind extends Asked>(asked: Kind): Kind {
  const forgetting =
    <Answer>(ask: (query: Query) => Promise<Answer>) =>
    async (query: Query) => {
      const args = [...query.args];
      try {
        return await ask({ ...query, args });
      } finally {
        args.length = 0;
      }
    };
  asked.queryRaw = forgetting(asked.queryRaw.bind(asked));
  asked.executeRaw = forgetting(asked.executeRaw.bind(asked));
  return asked;
}
