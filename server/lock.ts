/** One server a data folder: two would each take the other's builds for abandoned ones. */
import { join } from "node:path";
import { openConnection } from "@/lib/db/connection";

const TIMEOUT_MS = 200;

/**
 * Held until released or until the process is gone, however it goes: SQLite's lock on a file is the kernel's.
 * Null where another server has it.
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> } | null> {
  const client = openConnection(`file:${join(folder, "server.lock")}`, TIMEOUT_MS);
  try {
    await client.execute("BEGIN EXCLUSIVE");
    return {
      release: async () => {
        // Closing alone keeps the lock until the connection is collected.
        await client.execute("ROLLBACK");
        client.close();
      },
    };
  } catch (error) {
    client.close();
    if (error instanceof Error && /SQLITE_BUSY|database is locked/.test(error.message)) return null;
    throw error;
  }
}
