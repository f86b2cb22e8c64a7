/** A kept build as one file (lib/share/record-file). */
import { pipeline, Readable } from "node:stream";
import { createGzip } from "node:zlib";
import type { BuildDetail } from "../../../share/answers";
import { RECORD_FORMAT, RECORD_VERSION, type RecordHead } from "../../../share/record-file";
import type { Records } from "../records";

/** Packed as it is read: a long log is nowhere held whole. */
export function writeRecord(build: BuildDetail, records: Pick<Records, "read">): Readable {
  const packed = createGzip();
  // Whoever reads is told by the stream itself; without this a fault before that would end the process.
  packed.on("error", () => {});
  pipeline(Readable.from(linesOf(build, records)), packed, () => {});
  return packed;
}

async function* linesOf(build: BuildDetail, records: Pick<Records, "read">): AsyncGenerator<string> {
  const { createdAt, options, text, format: file } = build;
  // Which host an id stands for is known here only; its name is told by the events.
  const head: RecordHead = {
    format: RECORD_FORMAT,
    version: RECORD_VERSION,
    createdAt,
    options: { ...options, host: null },
    text,
    file,
  };
  yield `${JSON.stringify(head)}\n`;
  for (let seq = 0; ; ) {
    const batches = await records.read(build.id, seq);
    if (batches.length === 0) return;
    for (const { firstSeq, lines } of batches) {
      yield `${lines.join("\n")}\n`;
      seq = firstSeq + lines.length - 1;
    }
  }
}
