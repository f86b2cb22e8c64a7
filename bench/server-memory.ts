/** What a running server holds in memory. */
import { readdir, readFile } from "node:fs/promises";

/** The most that is measured until the work is over. */
export async function highest(measure: () => Promise<number>, until: Promise<unknown>): Promise<number> {
  let most = 0;
  let over = false;
  const end = until.finally(() => {
    over = true;
  });
  while (!over) {
    most = Math.max(most, await measure());
    await Promise.race([end.catch(() => {}), new Promise((wait) => setTimeout(wait, 250))]);
  }
  return most;
}

/** Bytes that the server with this data folder holds in memory. */
export async function memoryOf(data: string): Promise<number> {
  for (const pid of await readdir("/proc")) {
    const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (!words.includes(data)) continue;
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  }
  throw new Error("The server is not among the processes of this machine.");
}

export const mb = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MB`;
