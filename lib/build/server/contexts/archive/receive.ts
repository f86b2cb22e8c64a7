/** An archive as it streams in: what kind it is shows in its first bytes, whatever it is called. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { Refusal } from "../../../../share/refusal";
import type { StoredEntry } from "../entries";
import type { Intake } from "./intake";
import { readTar } from "./tar";
import { readZip } from "./zip";

const ZIP = [0x50, 0x4b];
const FOREIGN = new Map<string, readonly number[]>([
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["7-Zip", [0x37, 0x7a, 0xbc, 0xaf]],
  ["RAR", [0x52, 0x61, 0x72, 0x21]],
]);
const HEAD_BYTES = 8;

/**
 * @param folder where a zip is kept while it is read
 * @param limit of the bytes that are sent
 */
export async function receiveArchive(
  body: AsyncIterable<Uint8Array>,
  intake: Intake,
  { folder, limit, signal }: { folder: string; limit: number; signal?: AbortSignal },
): Promise<StoredEntry[]> {
  const { head, all } = await peek(limited(body, limit, signal));
  const begins = (magic: readonly number[]) => magic.every((byte, at) => head[at] === byte);
  for (const [name, magic] of FOREIGN) if (begins(magic)) throw foreignPacking(name);
  if (begins(ZIP)) {
    const archive = join(folder, "archive.zip");
    await pipeline(all, createWriteStream(archive), { signal });
    await readZip(archive, intake, signal);
  } else {
    await readTar(all, intake, { signal });
  }
  return intake.finish();
}

async function peek(body: AsyncGenerator<Uint8Array>) {
  const read: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const { done, value } = await body.next();
    if (done) break;
    read.push(value);
    size += value.length;
  }
  async function* all() {
    yield* read;
    yield* body;
  }
  return { head: Buffer.concat(read), all: all() };
}

async function* limited(
  body: AsyncIterable<Uint8Array>,
  limit: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const part of body) {
    signal?.throwIfAborted();
    size += part.length;
    if (size > limit) throw archiveTooLarge();
    yield part;
  }
}

export function archiveTooLarge(): Refusal {
  return new Refusal(
    "tooLarge",
    "context-too-large",
    "The archive is larger than any build context may be here.",
    "Leave out what the build does not need. The build context attached before is unchanged.",
  );
}

function foreignPacking(name: string): Refusal {
  return new Refusal(
    "unsafe",
    "bad-archive",
    `The archive is packed with ${name}, which is not read here.`,
    "Send a zip, a tar or a tar.gz, or drop the folder itself.",
  );
}
