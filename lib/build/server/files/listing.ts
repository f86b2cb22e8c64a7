/** What was read of an image's layers, as it is kept: each kind of figure in a row of its own, which packs well. */
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import type { FileKind, LayerEntry } from "../../files/entries";

const KINDS: readonly FileKind[] = ["file", "folder", "link", "hardlink", "other"];
/** Unpacked; far more than a listing of the most files that are read. */
const MAX_BYTES = 512 * 1024 * 1024;

export interface ListedLayer {
  instruction: number | null;
  text: string;
  size: number | null;
  entries: LayerEntry[];
}

const keptSchema = z.object({
  version: z.literal(1),
  layers: z.array(
    z.object({
      instruction: z.int().nullable(),
      text: z.string(),
      size: z.number().nullable(),
      paths: z.array(z.string()),
      /** One digit each. */
      kinds: z.string(),
      bytes: z.array(z.number()),
      modes: z.array(z.number()),
      /** By the entry's place; most have none. */
      links: z.array(z.tuple([z.number(), z.string()])),
    }),
  ),
});

export async function packListing(layers: readonly ListedLayer[]): Promise<Uint8Array<ArrayBuffer>> {
  const kept: z.infer<typeof keptSchema> = {
    version: 1,
    layers: layers.map(({ entries, ...layer }) => {
      const sorted = [...entries].sort((one, other) => (one.path < other.path ? -1 : 1));
      return {
        ...layer,
        paths: sorted.map(({ path }) => path),
        kinds: sorted.map(({ kind }) => KINDS.indexOf(kind)).join(""),
        bytes: sorted.map(({ bytes }) => bytes),
        modes: sorted.map(({ mode }) => mode),
        links: sorted.flatMap(({ link }, at): [number, string][] => (link === null ? [] : [[at, link]])),
      };
    }),
  };
  return new Uint8Array(await promisify(gzip)(JSON.stringify(kept)));
}

/** Throws where it was kept by another version. */
export async function unpackListing(packed: Uint8Array): Promise<ListedLayer[]> {
  const text = await promisify(gunzip)(packed, { maxOutputLength: MAX_BYTES });
  const { layers } = keptSchema.parse(JSON.parse(text.toString("utf8")));
  return layers.map(({ paths, kinds, bytes, modes, links, ...layer }) => {
    const targets = new Map(links);
    const entries = paths.map((path, at) => ({
      path,
      kind: KINDS[Number(kinds[at])] ?? "other",
      bytes: bytes[at] ?? 0,
      mode: modes[at] ?? 0,
      link: targets.get(at) ?? null,
    }));
    return { ...layer, entries };
  });
}
