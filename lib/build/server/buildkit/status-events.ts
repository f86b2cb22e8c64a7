/** BuildKit's status stream as build events. */

import { StringDecoder } from "node:string_decoder";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { BuildEventBody } from "../../events";
import { hidePrivateNames } from "./dockerfile-copy";
import type { StatusResponse, Vertex, VertexStatus } from "./generated/control_pb";

/** More often than this nobody can read a figure, and each one is stored. */
const PROGRESS_INTERVAL_MS = 100;
const CLIPPED = "[output clipped, log limit ";

/** Characters that are kept of the end of an output, at least. */
const ENDING_LENGTH = 16_000;

/** The last pieces of an output. They are only counted as they come: a step may write two million lines. */
class Ending {
  private pieces: string[] = [];
  private length = 0;

  add(piece: string): void {
    this.pieces.push(piece);
    this.length += piece.length;
    while (this.length - this.pieces[0]!.length > ENDING_LENGTH) this.length -= this.pieces.shift()!.length;
  }

  text(): string {
    return this.pieces.join("");
  }
}

/** Turns responses into events, each thing said once: the host repeats a vertex whenever a job joins it. */
export class StatusEvents {
  /** By digest, the last error a vertex ended with in its own right. */
  readonly failures = new Map<string, { name: string; error: string }>();
  /** By digest, the end of what a step wrote: it may say more than its exit code. */
  readonly endings = new Map<string, Ending>();
  private readonly lastVertex = new Map<string, string>();
  private readonly lastProgress = new Map<string, number>();
  private readonly decoders = new Map<string, StringDecoder>();
  private readonly clipped = new Set<string>();

  constructor(
    private readonly emit: (body: BuildEventBody) => void,
    private readonly now: () => number,
  ) {}

  accept(response: StatusResponse): void {
    for (const vertex of response.vertexes) this.vertex(vertex);
    for (const status of response.statuses) this.progress(status);
    this.logs(response.logs);
    for (const { vertex, short, detail, url, ranges } of response.warnings) {
      const lines = rangeOfLines(ranges);
      this.emit({
        type: "warning",
        ...(vertex ? { vertex } : {}),
        message: hidePrivateNames(text(short)),
        ...(detail.length > 0 ? { detail: hidePrivateNames(detail.map(text).join("\n")) } : {}),
        ...(url ? { url } : {}),
        ...(lines ? { lines } : {}),
      });
    }
  }

  private vertex({ digest, name, started, completed, cached, error }: Vertex): void {
    const event: BuildEventBody = {
      type: "vertex",
      digest,
      name: hidePrivateNames(name),
      ...(started ? { started: milliseconds(started) } : {}),
      ...(completed ? { completed: milliseconds(completed) } : {}),
      cached,
      ...(error ? { error: hidePrivateNames(error) } : {}),
    };
    const same = JSON.stringify(event);
    if (this.lastVertex.get(digest) === same) return;
    this.lastVertex.set(digest, same);
    if (error && !isCancellation(error)) this.failures.set(digest, { name, error });
    this.emit(event);
  }

  private progress({ vertex, ID, current, total, completed }: VertexStatus): void {
    const key = `${vertex} ${ID}`;
    const now = this.now();
    const last = this.lastProgress.get(key);
    if (!completed && last !== undefined && now - last < PROGRESS_INTERVAL_MS) return;
    this.lastProgress.set(key, now);
    const done = completed !== undefined;
    this.emit({ type: "progress", vertex, id: ID, current: Number(current), total: Number(total), done });
  }

  /** Neighbouring pieces of one stream become one event: a chatty step writes thousands a second. */
  private logs(logs: StatusResponse["logs"]): void {
    for (let index = 0; index < logs.length; ) {
      const { vertex, stream } = logs[index]!;
      const decoder = this.decoder(vertex, stream);
      let joined = "";
      for (; index < logs.length; index++) {
        const log = logs[index]!;
        if (log.vertex !== vertex || log.stream !== stream) break;
        joined += decoder.write(Buffer.from(log.msg.buffer, log.msg.byteOffset, log.msg.byteLength));
      }
      if (joined === "") continue;
      this.emit({ type: "log", vertex, stream: stream === 2n ? 2 : 1, text: joined });
      const ending = this.endings.get(vertex) ?? new Ending();
      this.endings.set(vertex, ending);
      ending.add(joined);
      if (joined.includes(CLIPPED) && !this.clipped.has(vertex)) {
        this.clipped.add(vertex);
        this.emit({
          type: "warning",
          vertex,
          message: "The Docker host cut this step's output short.",
          detail:
            "The host limits how much a step may log. Its administrator can lift that by starting dockerd with " +
            "BUILDKIT_STEP_LOG_MAX_SIZE=-1 and BUILDKIT_STEP_LOG_MAX_SPEED=-1 in its environment.",
        });
      }
    }
  }

  /** A character's bytes may come in two pieces. */
  private decoder(vertex: string, stream: bigint): StringDecoder {
    const key = `${vertex} ${stream}`;
    let decoder = this.decoders.get(key);
    if (!decoder) {
      decoder = new StringDecoder("utf8");
      this.decoders.set(key, decoder);
    }
    return decoder;
  }
}

/** A vertex that was stopped because another failed has not failed itself. */
export function isCancellation(error: string): boolean {
  return /context canceled|^Canceled\b/.test(error);
}

export function rangeOfLines(
  ranges: readonly { start?: { line: number } | undefined; end?: { line: number } | undefined }[],
): [number, number] | null {
  const starts = ranges.flatMap(({ start }) => (start ? [start.line] : []));
  if (starts.length === 0) return null;
  const ends = ranges.flatMap(({ start, end }) => ((end ?? start) ? [(end ?? start)!.line] : []));
  return [Math.min(...starts), Math.max(...ends)];
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");
const milliseconds = ({ seconds, nanos }: Timestamp) =>
  Number(seconds) * 1000 + Math.floor(nanos / 1000) / 1000;
