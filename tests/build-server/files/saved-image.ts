/** What `docker save` sends, of any layers, in either of its forms. */
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { Header, Pax } from "tar";

export interface TarFile {
  path: string;
  content?: string | Buffer;
  type?: "File" | "Directory" | "SymbolicLink" | "Link";
  link?: string;
  mode?: number;
}

export function tarOf(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap(({ path, content = "", type = "File", link, mode = 0o644 }) => {
    const body = Buffer.from(content);
    const what = { path, type, mode, size: body.length, mtime: new Date(0), ...(link && { linkpath: link }) };
    const block = Buffer.alloc(512);
    // What does not fit into a header goes before it.
    if (new Header(what).encode(block)) return [new Pax(what).encode(), block, body, padding(body)];
    return [block, body, padding(body)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

const padding = ({ length }: Buffer) => Buffer.alloc((512 - (length % 512)) % 512);

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

export interface SavedSetup {
  layers: readonly (readonly TarFile[])[];
  history?: { created_by: string; empty_layer?: boolean }[];
  /** As engines up to 24 do, or from 25 on; the containerd store packs layers. */
  form?: "old" | "oci" | "packed";
  /** The manifest before the layers, as no engine promises it is not. */
  manifestFirst?: boolean;
}

export function savedImage({ layers, history, form = "oci", manifestFirst }: SavedSetup): Buffer {
  const config = Buffer.from(
    JSON.stringify({ history: history ?? layers.map(() => ({ created_by: "RUN it" })) }),
  );
  const tars = layers.map(tarOf).map((tar) => (form === "packed" ? gzipSync(tar) : tar));
  const names = tars.map((tar, index) =>
    form === "old" ? `${sha256(Buffer.from(`${index}`))}/layer.tar` : `blobs/sha256/${sha256(tar)}`,
  );
  const first = names.map((_, index) => tars.findIndex((tar) => tar.equals(tars[index]!)));
  const files = names.flatMap((path, index): TarFile[] => {
    // The same layer again is a link in the old form, and the same blob in the new one.
    const same = first[index]!;
    if (same === index) return [{ path, content: tars[index]! }];
    return form === "old" ? [{ path, type: "SymbolicLink", link: `../${names[same]!}` }] : [];
  });
  const configName = form === "old" ? `${sha256(config)}.json` : `blobs/sha256/${sha256(config)}`;
  const manifest = { Config: configName, RepoTags: ["a:b"], Layers: names };
  const described: TarFile[] = [
    { path: configName, content: config },
    { path: "manifest.json", content: JSON.stringify([manifest]) },
  ];
  const rest: TarFile[] = [{ path: "oci-layout", content: '{"imageLayoutVersion":"1.0.0"}' }];
  return tarOf(manifestFirst ? [...described, ...files, ...rest] : [...files, ...rest, ...described]);
}

/** In pieces of that many bytes. */
export async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
