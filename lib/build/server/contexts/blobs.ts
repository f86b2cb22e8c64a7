/**
 * Contents of files on disk, each once, by its SHA-256. What is received lies in a staging folder first; it becomes
 * part of the store whole and synced, or not at all.
 */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Files that are synced and moved at once: their waits for the disk are one. */
const AT_ONCE = 16;
const HASH = /^[0-9a-f]{64}$/;

export interface Received {
  blob: string;
  bytes: number;
}

/** A folder where contents are received, each under its hash. */
export class Staging {
  constructor(readonly folder: string) {}

  /** Keeps a content as it comes; `check` sees each part first, and may throw. */
  async receive(source: AsyncIterable<Uint8Array>, check?: (part: Uint8Array) => void): Promise<Received> {
    const place = join(this.folder, `${randomUUID()}.part`);
    const hash = createHash("sha256");
    let bytes = 0;
    const file = await open(place, "wx", 0o600);
    try {
      for await (const part of source) {
        check?.(part);
        hash.update(part);
        bytes += part.length;
        for (let done = 0; done < part.length; ) done += (await file.write(part, done)).bytesWritten;
      }
    } catch (error) {
      await file.close();
      await rm(place, { force: true });
      throw error;
    }
    await file.close();
    const blob = hash.digest("hex");
    await rename(place, join(this.folder, blob));
    return { blob, bytes };
  }

  copy(file: string): Promise<Received> {
    // It may fail before it is read: who reads it is told then.
    return this.receive(createReadStream(file).on("error", () => {}));
  }

  /** Bytes of each content that is here whole, by its hash. */
  async held(): Promise<Map<string, number>> {
    const names = await readdir(this.folder).catch(() => []);
    const held = new Map<string, number>();
    await each(names.filter(isHash), async (name) => {
      held.set(name, (await stat(join(this.folder, name))).size);
    });
    return held;
  }

  async drop(blob: string): Promise<void> {
    await rm(join(this.folder, blob), { force: true });
  }
}

export interface Blobs {
  /** Where a content is, if it is. */
  path(blob: string): string;
  /** Those that the store lacks. */
  lacking(blobs: Iterable<string>): Promise<string[]>;
  /** Moves these, all staged, into the store; on the disk for good when it resolves. */
  adopt(staging: Staging, blobs: readonly string[]): Promise<void>;
  all(): Promise<string[]>;
  remove(blobs: readonly string[]): Promise<void>;
}

export async function openBlobs(folder: string): Promise<Blobs> {
  await mkdir(folder, { recursive: true });
  const group = (blob: string) => join(folder, blob.slice(0, 2));
  const path = (blob: string) => join(group(blob), blob);
  return {
    path,
    async lacking(blobs) {
      const lacking: string[] = [];
      await each([...blobs], async (blob) => {
        if (!(await stat(path(blob)).catch(() => null))) lacking.push(blob);
      });
      return lacking;
    },
    async adopt(staging, blobs) {
      const groups = new Set(blobs.map(group));
      for (const each of groups) await mkdir(each, { recursive: true });
      await each(blobs, async (blob) => {
        const place = join(staging.folder, blob);
        await sync(place);
        await rename(place, path(blob));
      });
      await each([...groups, folder], sync);
    },
    async all() {
      const groups = await readdir(folder);
      return (await Promise.all(groups.map((name) => readdir(join(folder, name))))).flat();
    },
    remove: (blobs) => each(blobs, (blob) => rm(path(blob), { force: true })),
  };
}

export const isHash = (name: string) => HASH.test(name);

/** A file's content, or a folder's names, for good. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}
