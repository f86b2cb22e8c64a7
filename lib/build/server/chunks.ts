/** How a build's events lie in the database: in chunks of lines, and the row of the build, which repeats some of them. */
import type { Build } from "../../db/generated/client";
import type { BuildEventBody } from "../events";

/** Events of consecutive numbers, each as the JSON it is stored as. */
export interface EventBatch {
  firstSeq: number;
  lines: string[];
}

/**
 * A chunk is closed once it is longer than this. V8 takes a string of 128 kB for a large object, and keeps every one that
 * it meets at its small collections until a great one: the memory of the server would grow with the log.
 */
const MAX_CHUNK_LENGTH = 64 * 1024;

type Finish = Extract<BuildEventBody, { type: "finished" }>;

/** Lines in the order of their events, cut into chunks. */
export class Batches {
  readonly all: EventBatch[] = [];
  private length = Number.POSITIVE_INFINITY;

  /** @param seq number of the event before the first */
  constructor(private seq: number) {}

  /** Hands over those that are closed. */
  takeClosed(): EventBatch[] {
    return this.all.splice(0, this.all.length - 1);
  }

  add(line: string): void {
    this.seq++;
    if (this.length > MAX_CHUNK_LENGTH) {
      this.all.push({ firstSeq: this.seq, lines: [] });
      this.length = 0;
    }
    this.all.at(-1)?.lines.push(line);
    this.length += line.length;
  }
}

/** What the build's row repeats of its events. */
export class RowChanges {
  private readonly sizes: Record<string, number> = {};
  /** Of several platforms the first is what a list tells. */
  private platform: string | undefined;
  private builtAt: number | null = null;

  after(events: readonly (BuildEventBody & { at: number })[]): Partial<Build> {
    const changes: Partial<Build> = {};
    for (const event of events) {
      if (event.type === "started") {
        Object.assign(changes, { status: "running", host: event.host.name, startedAt: new Date(event.at) });
      } else if (event.type === "plan") {
        this.platform = event.platforms?.[0];
      } else if (event.type === "size") {
        if (event.platform !== this.platform) continue;
        this.sizes[event.stage] = event.size;
        changes.sizes = JSON.stringify(this.sizes);
      } else if (event.type === "finished") {
        Object.assign(changes, finishOf(event, this.builtAt ?? event.at));
      } else if (event.type === "built") {
        this.builtAt = event.at;
      }
    }
    return changes;
  }
}

export function toChunk(buildId: string, { firstSeq, lines }: EventBatch) {
  return { buildId, firstSeq, lastSeq: firstSeq + lines.length - 1, events: lines.join("\n") };
}

export function finishOf(event: Finish, at: number) {
  return {
    status: event.status,
    error: event.error ? JSON.stringify(event.error) : null,
    endedAt: new Date(at),
  };
}
