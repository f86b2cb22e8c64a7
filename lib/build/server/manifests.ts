/**
 * What was in each build context, by name and hash: kept longer than the files themselves, as long as a build of the
 * history was made from it, so that two builds can be compared.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import { contextEntrySchema } from "../../share/answers";
import type { ContextManifest } from "../why";
import { listContext } from "./context-listing";

const manifestSchema = z.object({
  entries: z.array(contextEntrySchema.extend({ hash: z.string() })),
  ignore: z.string().nullable(),
});
/** Of one manifest, unpacked, in bytes: a hundred thousand entries with long names. */
const LARGEST = 64 * 1024 * 1024;

export interface Manifests {
  /** Of the context in `root`; does nothing where there is one already. */
  keep(contextId: string, root: string, hashes: ReadonlyMap<string, string>): Promise<void>;
  /** Null where it is not known any more. */
  read(contextId: string): Promise<ContextManifest | null>;
  /** Removes all but these. */
  collect(contextIds: ReadonlySet<string>): Promise<void>;
}

export async function openManifests(data: string): Promise<Manifests> {
  const folder = join(data, "manifests");
  await mkdir(folder, { recursive: true });
  const file = (id: string) => join(folder, `${id}.json.gz`);
  return {
    async keep(contextId, root, hashes) {
      const { entries, ignore } = await listContext(root);
      const manifest: ContextManifest = {
        entries: entries.map((entry) => ({ ...entry, hash: hashes.get(entry.path) ?? "" })),
        ignore,
      };
      const place = file(contextId);
      await writeFile(`${place}.new`, await promisify(gzip)(JSON.stringify(manifest)));
      await rename(`${place}.new`, place);
    },
    async read(contextId) {
      try {
        const unpacked = await promisify(gunzip)(await readFile(file(contextId)), {
          maxOutputLength: LARGEST,
        });
        return manifestSchema.parse(JSON.parse(unpacked.toString("utf8")));
      } catch {
        // Older than manifests are, or lost: two builds are compared without it.
        return null;
      }
    },
    async collect(contextIds) {
      for (const name of await readdir(folder)) {
        if (!contextIds.has(name.replace(/\.json\.gz$/, ""))) await rm(join(folder, name), { force: true });
      }
    },
  };
}
