/** Sends files as a document's build context: which they are first, then the contents that the server lacks. */

import { attachFiles, type ContextUse, putContents, RequestError } from "@/lib/share/client";
import type { ContextSummary } from "@/lib/share/document";
import type { HashedFile } from "./hash-messages";
import type { PickedFile } from "./picked-files";

/** Of one request, which is what a cut connection loses at most. */
const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_FILES = 2_000;
const HEADER_BYTES = 40;
/** Rounds that bring nothing further, one after another, before it is given up. */
const MAX_FUTILE = 4;
const RETRY_MS = 1_000;

export interface Sending {
  /** Bytes of the contents that have arrived, of those that are to be sent. */
  done: number;
  total: number;
}

/**
 * After a cut the server is asked again what it lacks, so that nothing goes twice but the request that was cut.
 *
 * @param picked in the order of `hashed`
 */
export async function sendFiles(
  documentId: string,
  name: string,
  picked: readonly PickedFile[],
  hashed: readonly HashedFile[],
  onProgress: (sending: Sending) => void,
  signal: AbortSignal,
  use?: ContextUse,
): Promise<{ context: ContextSummary; sent: number }> {
  const contents = new Map(hashed.map(({ blob }, index) => [blob, picked[index]!.file]));
  let total = -1;
  let before = Number.POSITIVE_INFINITY;
  for (let futile = 0; ; ) {
    const { context, missing } = await attachFiles(documentId, name, [...hashed], signal, use);
    const left = sizeOf(missing, contents);
    if (total < 0) total = left;
    if (context) return { context, sent: total };
    futile = missing.length < before ? 0 : futile + 1;
    before = missing.length;
    let done = Math.max(0, total - left);
    try {
      for (const batch of batches(missing, contents)) {
        const report = (share: number) => onProgress({ done: done + share * batch.bytes, total });
        await putContents(documentId, await packed(batch.parts), report, signal);
        done += batch.bytes;
        onProgress({ done, total });
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof RequestError && error.passing) || futile >= MAX_FUTILE) throw error;
    }
    if (futile > 0) await pause(RETRY_MS * 2 ** futile, signal);
    if (futile >= MAX_FUTILE) throw new Error("The server keeps asking for the same files. Try again later.");
  }
}

interface Batch {
  parts: BlobPart[];
  bytes: number;
}

/** As contents frames: see lib/build/server/contexts/frames.ts. Files are named in them, not read. */
export function* batches(blobs: readonly string[], contents: ReadonlyMap<string, File>): Generator<Batch> {
  let batch: Batch = { parts: [], bytes: 0 };
  for (const blob of blobs) {
    const file = contents.get(blob);
    if (!file) continue;
    const full = batch.bytes + file.size > BATCH_BYTES || batch.parts.length >= 2 * BATCH_FILES;
    if (batch.parts.length > 0 && full) {
      yield batch;
      batch = { parts: [], bytes: 0 };
    }
    batch.parts.push(header(blob, file.size), file);
    batch.bytes += file.size;
  }
  if (batch.parts.length > 0) yield batch;
}

function header(blob: string, bytes: number): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  for (let at = 0; at < 32; at++) view.setUint8(at, Number.parseInt(blob.slice(2 * at, 2 * at + 2), 16));
  view.setBigUint64(32, BigInt(bytes));
  return view.buffer;
}

/** On the same machine packing costs more than it saves; over a network it pays. */
async function packed(parts: BlobPart[]): Promise<{ body: Blob; gzipped: boolean }> {
  const plain = new Blob(parts);
  if (isLoopback(location.hostname) || plain.size > 4 * BATCH_BYTES) return { body: plain, gzipped: false };
  const stream = plain.stream().pipeThrough(new CompressionStream("gzip"));
  return { body: await new Response(stream).blob(), gzipped: true };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host.startsWith("127.");
}

function sizeOf(blobs: readonly string[], contents: ReadonlyMap<string, File>): number {
  return blobs.reduce((sum, blob) => sum + (contents.get(blob)?.size ?? 0), 0);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
