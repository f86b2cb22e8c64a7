/** How much room a host has for images. The Engine does not tell; its machine does, where it can be asked. */
import { statfs } from "node:fs/promises";
import { hostname } from "node:os";
import type { Endpoint } from "./address";
import type { Dialer } from "./dial";

export type Disk = { free: number; total: number };

const ASK_MS = 1_500;

/** `machine` and `root` are the Engine's own name of its machine and its data folder. Null where nobody tells. */
export async function freeDisk(
  endpoint: Endpoint,
  { run }: Dialer,
  machine: string,
  root: string,
): Promise<Disk | null> {
  try {
    // A socket may lead into a virtual machine or out of a container: then the same path means another disk.
    if (endpoint.kind === "unix" && machine === hostname()) {
      const { bavail, blocks, bsize } = await statfs(root);
      return { free: bavail * bsize, total: blocks * bsize };
    }
    if (!run) return null;
    const said = await run(`df -Pk '${root.replaceAll("'", `'\\''`)}'`, AbortSignal.timeout(ASK_MS));
    return readDf(said);
  } catch {
    return null;
  }
}

/** POSIX's df -P: one line a file system, in blocks of 1,024 bytes. */
export function readDf(text: string): Disk | null {
  const [, total, free] = /^\S.*?\s(\d+)\s+\d+\s+(\d+)\s+\d+%\s/m.exec(text) ?? [];
  return total === undefined || free === undefined
    ? null
    : { free: Number(free) * 1024, total: Number(total) * 1024 };
}
