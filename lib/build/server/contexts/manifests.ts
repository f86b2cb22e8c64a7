/**
 * What is in each build context, by name and hash. Kept longer than the contents, as long as a build of the history was
 * made from it, so that two builds can be compared.
 */
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import { contextEntrySchema } from "../../../share/answers";
import type { ContextManifest } from "../../why";
import { sync } from "./blobs";
import type { StoredEntry } from "./entries";

const manifestSchema = z.object({
  entries: z.array(
    contextEntrySchema.extend({
      hash: z.string(),
      // Absent in what was written before contents were kept by hash.
      mode: z.int().optional(),
      modified: z.number().optional(),
      blob: z.string().optional(),
    }),
  ),
  ignore: z.string().nullable(),
});
/** Of one manifest, unpacked, in bytes: the most entries with names as long as they may be, all of them escaped. */
const LARGEST = 128 * 1024 * 1024;

export interface StoredContext {
  entries: StoredEntry[];
  /** Text of the ignore file that counts; null where there is none. */
  ignore: string | null;
}

export interface Manifests {
  keep(contextId: string, context: StoredContext, hashes: ReadonlyMap<string, string>): Promise<void>;
  /** Null where it is not known any more. */
  read(contextId: string): Promise<ContextManifest | null>;
  /** With where contents are; null as well for one of which only the names were kept. */
  stored(contextId: string): Promise<StoredContext | null>;
  /** Removes all but these. */
  collect(contextIds: ReadonlySet<string>): Promise<void>;
}

export async function openManifests(data: string): Promise<Manifests> {
  const folder = join(data, "manifests");
  await mkdir(folder, { recursive: true });
  const file = (id: string) => join(folder, `${id}.json.gz`);

  async function parse(contextId: string): Promise<z.infer<typeof manifestSchema> | null> {
    try {
      const packed = await readFile(file(contextId));
      const unpacked = await promisify(gunzip)(packed, { maxOutputLength: LARGEST });
      return manifestSchema.parse(JSON.parse(unpacked.toString("utf8")));
    } catch {
      // Older than manifests are, or lost: two builds are compared without it.
      return null;
    }
  }

  return {
    async keep(contextId, { entries, ignore }, hashes) {
      const named = entries.map((entry) => ({ ...entry, hash: hashes.get(entry.path) ?? "" }));
      const place = file(contextId);
      const handle = await open(`${place}.new`, "w", 0o600);
      try {
        await handle.writeFile(await promisify(gzip)(JSON.stringify({ entries: named, ignore })));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(`${place}.new`, place);
      await sync(folder);
    },
    async read(contextId) {
      const manifest = await parse(contextId);
      if (!manifest) return null;
      const entries = manifest.entries.map(({ mode, modified, blob, ...entry }) => entry);
      return { entries, ignore: manifest.ignore };
    },
    async stored(contextId) {
      const manifest = await parse(contextId);
      if (!manifest) return null;
      const entries: StoredEntry[] = [];
      for (const { hash, mode, modified, ...entry } of manifest.entries) {
        if (mode === undefined || modified === undefined) return null;
        entries.push({ ...entry, mode, modified });
      }
      return { entries, ignore: manifest.ignore };
    },
    async collect(contextIds) {
      for (const name of await readdir(folder)) {
        if (!contextIds.has(name.replace(/\.json\.gz$/, ""))) await rm(join(folder, name), { force: true });
      }
    },
  };
}
