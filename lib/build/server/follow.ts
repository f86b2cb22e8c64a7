/** Reads a build from any event on to its end, first from the record, then as it happens. */
import type { EventBatch, Recorder } from "./recorder";
import type { Records } from "./records";

/**
 * Every event after `seq` once and in order. The reader sets the pace: nothing is kept for it but what it asks for.
 * Throws where the build goes on but its record does not.
 *
 * @param recorderOf the recorder of a build that is not finished
 */
export async function* follow(
  records: Pick<Records, "read">,
  recorderOf: (id: string) => Recorder | undefined,
  id: string,
  seq: number,
  signal: AbortSignal,
): AsyncGenerator<EventBatch> {
  let seen = seq;
  while (!signal.aborted) {
    // Taken before reading: what is written in between is found by the reading.
    const recorder = recorderOf(id);
    const batches = recorder?.recentAfter(seen) ?? (await records.read(id, seen));
    for (const batch of batches) {
      const rest = after(batch, seen);
      if (rest.lines.length === 0) continue;
      seen = rest.firstSeq + rest.lines.length - 1;
      yield rest;
      if (signal.aborted) return;
    }
    if (batches.length > 0) continue;
    if (!recorder || recorder.finished) return;
    if (recorder.failure) throw new Error("The record of this build could not be written.");
    await recorder.changed(signal);
  }
}

function after(batch: EventBatch, seq: number): EventBatch {
  const known = Math.max(0, seq - batch.firstSeq + 1);
  return known === 0 ? batch : { firstSeq: batch.firstSeq + known, lines: batch.lines.slice(known) };
}
