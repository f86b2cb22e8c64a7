/**
 * What `docker save` sends, read as it comes: the entries of each layer, and the image's own history. Up to engine 24
 * a layer is `<id>/layer.tar`; from 25 on, and on the containerd store always, layers are blobs of an OCI layout, there
 * mostly packed. `manifest.json` says which layers the image has, and in which order; it comes last or in the midst.
 */
import { posix } from "node:path";
import { Parser, type ReadEntry } from "tar";
import { z } from "zod";
import { Refusal } from "../../../share/refusal";
import type { LayerEntry } from "../../files/entries";
import { type Allowance, HEAD_BYTES, isJson, LayerTar } from "./layer-tar";

/** Manifests and configurations are far below. */
const MAX_JSON_BYTES = 8_000_000;
const OLD_LAYER = /^[0-9a-f]{64}\/layer\.tar$/;
const BLOB = /^blobs\/sha256\/[0-9a-f]{64}$/;

const manifestSchema = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()).nullable() }));
const configSchema = z.object({
  history: z
    .array(z.object({ created_by: z.string().default(""), empty_layer: z.boolean().default(false) }))
    .nullish(),
});

export interface SavedImage {
  /** Lowest first. */
  layers: LayerEntry[][];
  /** One for each entry of `docker history`, oldest first: whether it has a layer. */
  history: { createdBy: string; hasLayer: boolean }[];
}

/** `count` is told of each piece of a layer, unpacked. Throws where the archive is cut short or strange. */
export async function readSavedImage(
  archive: AsyncIterable<Buffer>,
  allowance: Allowance,
  count: (bytes: number) => void,
): Promise<SavedImage> {
  let problem: unknown = null;
  let goOn = () => {};
  const fail = (error: unknown) => {
    problem ??= error;
    goOn();
  };
  const parts = new Parts(allowance, count, fail);
  const parser = new Parser({ onReadEntry: (entry) => parts.take(entry) });
  parser.on("error", fail).on("drain", () => goOn());
  for await (const piece of archive) {
    const full = !parser.write(piece) && !problem;
    if (full) await new Promise<void>((resolve) => (goOn = resolve));
    if (problem) throw problem;
  }
  await new Promise<void>((resolve) => {
    goOn = () => problem && resolve();
    parser.once("end", resolve).end();
  });
  await parts.done;
  if (problem) throw problem;
  return parts.image();
}

class Parts {
  private readonly layers = new Map<string, LayerEntry[]>();
  private readonly texts = new Map<string, string>();
  /** A layer that the image has twice, or shares with another, is a link to it in the old form. */
  private readonly aliases = new Map<string, string>();
  done: Promise<void> = Promise.resolve();

  constructor(
    private readonly allowance: Allowance,
    private readonly count: (bytes: number) => void,
    /** Told of the first part that cannot be read. */
    private readonly fail: (error: unknown) => void,
  ) {}

  /** The parser hands over the next part when this one is read to its end. */
  take(entry: ReadEntry): void {
    const { path, type, linkpath } = entry;
    if (type === "SymbolicLink" && OLD_LAYER.test(path)) {
      this.aliases.set(path, posix.join(posix.dirname(path), linkpath ?? ""));
    }
    const wanted = type === "File" || type === "OldFile";
    if (wanted && (OLD_LAYER.test(path) || BLOB.test(path) || /^[^/]+\.json$/.test(path))) {
      this.done = this.done.then(() => this.read(entry)).catch(this.fail);
    } else entry.resume();
  }

  private async read(entry: ReadEntry): Promise<void> {
    let head: Buffer[] | null = [];
    let headBytes = 0;
    let text: Buffer[] | null = null;
    let layer: LayerTar | null = null;
    let size = 0;
    const begin = (): Buffer => {
      const all = Buffer.concat(head ?? []);
      head = null;
      if (isJson(all) || entry.path.endsWith(".json")) text = [];
      else layer = new LayerTar(this.allowance, this.count);
      return all;
    };
    const put = async (piece: Buffer) => {
      if (layer) return layer.write(piece);
      size += piece.length;
      if (size > MAX_JSON_BYTES) throw notAnImage("its description is too large");
      text?.push(piece);
    };
    for await (const piece of entry) {
      if (!head) await put(piece);
      else {
        head.push(piece);
        headBytes += piece.length;
        if (headBytes >= HEAD_BYTES) await put(begin());
      }
    }
    if (head) await put(begin());
    const found = layer as LayerTar | null;
    if (found) this.layers.set(entry.path, await found.end());
    else this.texts.set(entry.path, Buffer.concat(text ?? []).toString("utf8"));
  }

  image(): SavedImage {
    const [manifest] = this.json("manifest.json", manifestSchema);
    if (!manifest) throw notAnImage("it has no image in it");
    const layers = (manifest.Layers ?? []).map((path) => {
      const layer = this.layers.get(this.aliases.get(path) ?? path);
      if (!layer) throw notAnImage(`its layer ${path} is missing`);
      return layer;
    });
    const { history } = this.json(manifest.Config, configSchema);
    const entries = (history ?? []).map(({ created_by, empty_layer }) => ({
      createdBy: created_by,
      hasLayer: !empty_layer,
    }));
    return { layers, history: entries };
  }

  private json<T>(path: string, schema: z.ZodType<T>): T {
    const text = this.texts.get(path);
    if (text === undefined) throw notAnImage(`${path} is missing`);
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      throw notAnImage(`${path} is not what it should be`);
    }
  }
}

const notAnImage = (why: string) =>
  new Refusal(
    "unavailable",
    "broken-archive",
    `The build host did not send the whole image: ${why}.`,
    "Try again; the host's own log has the reason.",
  );
