/**
 * Turns what a build says into its record: numbers the events, writes them in batches, and only then lets anybody see
 * them, so that whoever resumes after a crash finds all that was ever shown, under the same numbers.
 */
import type { Database } from "../../db";
import type { BuildEvent, BuildEventBody } from "../events";
import { Batches, type EventBatch, RowChanges, toChunk } from "./chunks";

export type { EventBatch } from "./chunks";

/** How long an event may wait for others to be written with it. */
const GATHER_MS = 40;
/** Output pieces of one process are joined up to this length, in UTF-16 code units. */
const MAX_LOG_LENGTH = 32 * 1024;
/** Code units that may wait to be written while others are; who reads a host's output is to wait then. */
const MAX_PENDING = 256 * 1024;
/** What an event counts for beside its text. */
const EVENT_LENGTH = 200;
/** Batches that live followers find in memory, newest last. */
const RECENT_BATCHES = 64;

type Unnumbered = BuildEventBody & { at: number };

export class Recorder {
  /** Number of the last event that is written. */
  seq = 0;
  finished = false;
  /** It has succeeded, and only its sizes are still to come. */
  built = false;
  /** Set where the record could not be written: nothing more will come. */
  failure: unknown = null;
  private pending: Unnumbered[] = [];
  private pendingLength = 0;
  private readonly row = new RowChanges();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private writing: Promise<void> = Promise.resolve();
  private recent: EventBatch[] = [];
  /** Batches since a follower asked for any: nobody could find its next one among more than are kept. */
  private unasked = Number.POSITIVE_INFINITY;
  private waiting = new Set<() => void>();
  private sealed = false;

  constructor(
    private readonly db: Database,
    readonly buildId: string,
    private readonly now: () => number,
    /** Called once when the record cannot be written. */
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Nothing is taken after `finished`. */
  readonly emit = (body: BuildEventBody): void => {
    if (this.sealed) return;
    const last = this.pending.at(-1);
    if (body.type === "log" && last?.type === "log" && continues(last, body)) last.text += body.text;
    else this.pending.push({ ...body, at: this.now() });
    this.pendingLength += EVENT_LENGTH + (body.type === "log" ? body.text.length : 0);
    if (body.type === "finished") this.sealed = true;
    else if (body.type === "built") this.built = true;
    this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  };

  get isSealed(): boolean {
    return this.sealed;
  }

  /** Resolves once there is room for more. What is read only then stays with the host, and not in our memory. */
  async room(): Promise<void> {
    if (this.pendingLength < MAX_PENDING) return;
    const before = this.writing;
    void this.flush();
    await before;
  }

  /** Resolves once everything emitted so far is written, or cannot be. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(async () => {
      if (this.failure) return;
      const events = this.pending;
      this.pending = [];
      this.pendingLength = 0;
      if (events.length === 0) return;
      try {
        await this.write(events);
      } catch (error) {
        this.failure = error;
        this.onFailure(error);
        this.wake();
      }
    });
    return this.writing;
  }

  /** Batches after `seq` that are still in memory; null where older ones are needed first. */
  recentAfter(seq: number): EventBatch[] | null {
    this.unasked = 0;
    if (seq >= this.seq) return [];
    const oldest = this.recent[0];
    if (!oldest || oldest.firstSeq > seq + 1) return null;
    return this.recent.filter((batch) => batch.firstSeq + batch.lines.length - 1 > seq);
  }

  /** Resolves at the next change, or when the signal aborts. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener("abort", done);
      if (signal.aborted) done();
    });
  }

  private wake(): void {
    for (const done of [...this.waiting]) done();
  }

  private async write(events: Unnumbered[]): Promise<void> {
    const batches = new Batches(this.seq);
    let seq = this.seq;
    for (const event of events) batches.add(JSON.stringify({ seq: ++seq, ...event } satisfies BuildEvent));
    const changes = this.row.after(events);
    await this.db.$transaction([
      this.db.buildChunk.createMany({ data: batches.all.map((batch) => toChunk(this.buildId, batch)) }),
      ...(Object.keys(changes).length > 0
        ? [this.db.build.update({ where: { id: this.buildId }, data: changes })]
        : []),
    ]);
    this.seq = seq;
    this.unasked += batches.all.length;
    this.recent =
      this.unasked > RECENT_BATCHES ? [] : [...this.recent, ...batches.all].slice(-RECENT_BATCHES);
    this.finished = events.at(-1)?.type === "finished";
    this.wake();
  }
}

function continues(
  last: Extract<BuildEventBody, { type: "log" }>,
  next: Extract<BuildEventBody, { type: "log" }>,
) {
  return (
    last.vertex === next.vertex &&
    last.stream === next.stream &&
    last.text.length + next.text.length <= MAX_LOG_LENGTH
  );
}
