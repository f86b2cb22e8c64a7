/** What names a file's content, and what mode it has, without holding more of it than a chunk. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { HashedFile } from "./hash-messages";
import type { PickedFile } from "./picked-files";

/** Files up to here are hashed whole by the browser itself, where it does that: only on pages that came safely. */
const WHOLE_BYTES = 32 * 1024 * 1024;

/** The file that could not be read, for the message. */
export class ReadError extends Error {
  readonly path: string;
  constructor(path: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.path = path;
  }
}

/** `onRead` gets the bytes of each part that was read. */
export async function hashFile(
  { path, file }: PickedFile,
  onRead: (bytes: number) => void,
  subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle,
): Promise<HashedFile> {
  try {
    const { blob, head } =
      subtle && file.size <= WHOLE_BYTES
        ? await hashWhole(file, subtle, onRead)
        : await hashParts(file, onRead);
    const modified = Math.max(0, file.lastModified);
    return { path, blob, bytes: file.size, mode: modeOf(head), modified };
  } catch (error) {
    throw new ReadError(path, error);
  }
}

async function hashWhole(file: File, subtle: SubtleCrypto, onRead: (bytes: number) => void) {
  const content = await file.arrayBuffer();
  const blob = bytesToHex(new Uint8Array(await subtle.digest("SHA-256", content)));
  onRead(content.byteLength);
  return { blob, head: new Uint8Array(content.slice(0, 4)) };
}

async function hashParts(file: File, onRead: (bytes: number) => void) {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  const hash = sha256.create();
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    hash.update(value);
    onRead(value.length);
  }
  return { blob: bytesToHex(hash.digest()), head };
}

/** Browsers don't tell whether a file may be run: scripts and ELF programs say so themselves in their first bytes. */
export function modeOf(head: Uint8Array): number {
  const script = head[0] === 0x23 && head[1] === 0x21;
  const program = head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
  return script || program ? 0o755 : 0o644;
}
