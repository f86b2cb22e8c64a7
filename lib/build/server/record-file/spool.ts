/** Events that were read and are not yet kept: in a file, since a build's log may be larger than one wants to hold. */
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EventBatch } from "../chunks";

export interface Spool {
  write(batches: readonly EventBatch[]): Promise<void>;
  /** All that was written, one at a time. */
  read(): AsyncGenerator<EventBatch>;
}

/** It is there, and readable to nobody else, until `work` settles. */
export async function withSpool<T>(work: (spool: Spool) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "stagecraft-record-"));
  let file: FileHandle | null = null;
  try {
    file = await open(join(folder, "events"), "w+", 0o600);
    return await work(spoolIn(file));
  } finally {
    await file?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function spoolIn(file: FileHandle): Spool {
  const places: { firstSeq: number; start: number; bytes: number }[] = [];
  let end = 0;
  return {
    async write(batches) {
      for (const { firstSeq, lines } of batches) {
        const text = Buffer.from(lines.join("\n"), "utf8");
        for (let at = 0; at < text.length; ) {
          const { bytesWritten } = await file.write(text, at, text.length - at, end + at);
          at += bytesWritten;
        }
        places.push({ firstSeq, start: end, bytes: text.length });
        end += text.length;
      }
    },
    async *read() {
      for (const { firstSeq, start, bytes } of places) {
        const text = Buffer.allocUnsafe(bytes);
        for (let at = 0; at < bytes; ) {
          const { bytesRead } = await file.read(text, at, bytes - at, start + at);
          if (bytesRead === 0)
            throw new Error("A build record that was being imported is cut short on disk.");
          at += bytesRead;
        }
        yield { firstSeq, lines: text.toString("utf8").split("\n") };
      }
    },
  };
}
