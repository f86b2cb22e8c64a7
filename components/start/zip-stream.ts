/** Packs files into a zip, one after another, without holding more of them than a chunk. */
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";
import type { PickedFile } from "./picked-files";

const UNIX = 3;
const REGULAR_FILE = 0o100000;

/** The file that could not be read, for the message. */
export class PackError extends Error {
  readonly path: string;
  constructor(path: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.path = path;
  }
}

/** Gives the zip's bytes as a blob; `onProgress` gets the bytes read so far. */
export async function packFiles(
  files: readonly PickedFile[],
  level: 0 | 1,
  onProgress: (bytes: number) => void,
): Promise<Blob> {
  const parts: BlobPart[] = [];
  let read = 0;
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    parts.push(chunk as Uint8Array<ArrayBuffer>);
  });
  for (const { path, file } of files) {
    try {
      const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
      const entry = level === 0 ? new ZipPassThrough(path) : new ZipDeflate(path, { level });
      entry.os = UNIX;
      entry.attrs = ((REGULAR_FILE | modeOf(head)) << 16) >>> 0;
      entry.mtime = withinZip(file.lastModified);
      zip.add(entry);
      const reader = file.stream().getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        entry.push(value, false);
        read += value.length;
        onProgress(read);
      }
      entry.push(new Uint8Array(0), true);
    } catch (error) {
      throw new PackError(path, error);
    }
  }
  zip.end();
  return new Blob(parts, { type: "application/zip" });
}

/** Browsers don't tell whether a file may be run: scripts and ELF programs say so themselves in their first bytes. */
export function modeOf(head: Uint8Array): number {
  const script = head[0] === 0x23 && head[1] === 0x21;
  const program = head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
  return script || program ? 0o755 : 0o644;
}

/** A zip knows the years 1980 to 2099 only. */
function withinZip(modified: number): number {
  return Math.min(Math.max(modified, Date.UTC(1980, 0, 2)), Date.UTC(2099, 11, 30));
}
