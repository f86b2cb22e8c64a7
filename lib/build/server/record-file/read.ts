/** Reads the file of a build that came from elsewhere: nothing of it is believed before it fits. */
import { once } from "node:events";
import { pipeline, Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import type { Build } from "../../../db/generated/client";
import { parseDockerfile } from "../../../dockerfile";
import { RECORD_LIMITS, type RecordHead, recordHeadSchema } from "../../../share/record-file";
import { Refusal } from "../../../share/refusal";
import { type BuildEvent, buildEventSchema } from "../../events";
import { Batches, type EventBatch, RowChanges } from "../chunks";
import { type Spool, withSpool } from "./spool";

export interface ReadRecord {
  head: RecordHead;
  /** What the row of the build says, worked out of its events. */
  row: Partial<Build>;
  batches: AsyncIterable<EventBatch>;
}

/**
 * Hands it to `keep` once all of it was looked through. Throws a Refusal that says in which line what is amiss. `limits`
 * are less in tests.
 */
export function readRecord<T>(
  packed: Uint8Array,
  keep: (record: ReadRecord) => Promise<T>,
  limits: Limits = RECORD_LIMITS,
): Promise<T> {
  return withSpool(async (spool) => {
    const { head, row } = await readInto(spool, packed, limits);
    return keep({ head, row, batches: spool.read() });
  });
}

interface Limits {
  unpacked: number;
  line: number;
  events: number;
}

async function readInto(spool: Spool, packed: Uint8Array, limits: Limits) {
  const reader = new RecordReader(limits);
  const unpacked = createGunzip();
  let fault: Error | null = null;
  pipeline(Readable.from([packed]), unpacked, (error) => {
    fault = error ?? null;
  });
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const part of unpacked as AsyncIterable<Uint8Array>) {
      reader.take(decodeIn(decoder, part));
      await spool.write(reader.batches.takeClosed());
      // Others are answered in between.
      await setImmediate();
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw damaged("It is not gzip, or was cut short.");
  } finally {
    unpacked.destroy();
    if (!unpacked.closed) await once(unpacked, "close");
  }
  if (fault) throw damaged("It is not gzip, or was cut short.");
  reader.take(decodeIn(decoder));
  const read = reader.end();
  await spool.write(reader.batches.all);
  return read;
}

function decodeIn(decoder: TextDecoder, part?: Uint8Array): string {
  try {
    return part ? decoder.decode(part, { stream: true }) : decoder.decode();
  } catch {
    throw damaged("Its text is not UTF-8.");
  }
}

/** Takes the text in pieces of any length; holds one line that has not ended. */
class RecordReader {
  private line = 0;
  private length = 0;
  private rest = "";
  private head: RecordHead | null = null;
  private stages = 0;
  readonly batches = new Batches(0);
  private readonly row = new RowChanges();
  private changes: Partial<Build> = {};
  private finished = false;

  constructor(private readonly limits: Limits) {}

  take(text: string): void {
    this.length += text.length;
    if (this.length > this.limits.unpacked) throw tooLarge(`${count(this.limits.unpacked)} bytes unpacked`);
    const lines = text.split("\n");
    // Joined only: a long line that comes in many pieces is not read anew with each.
    lines[0] = this.rest + lines[0];
    this.rest = lines.pop() ?? "";
    for (const line of [...lines, this.rest])
      if (line.length > this.limits.line) throw tooLarge(`${count(this.limits.line)} characters in a line`);
    for (const line of lines) this.takeLine(line);
  }

  end(): Omit<ReadRecord, "batches"> {
    if (this.rest !== "") this.takeLine(this.rest);
    if (!this.head) throw damaged("It is empty.");
    if (!this.finished) throw damaged("It ends before the build does: its last event has to be “finished”.");
    return { head: this.head, row: this.changes };
  }

  private takeLine(line: string): void {
    this.line++;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw this.wrong("is not JSON");
    }
    if (this.head === null) this.takeHead(value);
    else this.takeEvent(value);
  }

  private takeHead(value: unknown): void {
    const { version } = (value ?? {}) as { version?: unknown };
    if (typeof version === "number" && version > 1) {
      throw new Refusal(
        "unsupported",
        "newer-record",
        `The record is of version ${version}, and this Stagecraft reads version 1.`,
        "Update this Stagecraft, or export the build from an older one.",
      );
    }
    const parsed = recordHeadSchema.safeParse(value);
    if (!parsed.success) throw this.wrong(`is not the head of a build record: ${said(parsed.error)}`);
    this.head = parsed.data;
    this.stages = parseDockerfile(parsed.data.text.replaceAll("\r\n", "\n")).stages.length;
  }

  private takeEvent(value: unknown): void {
    if (this.finished) throw this.wrong("comes after the end of the build");
    if (this.line - 1 > this.limits.events) throw tooLarge(`${count(this.limits.events)} events`);
    const parsed = buildEventSchema.safeParse(value);
    if (!parsed.success) throw this.wrong(`is not an event of a build: ${said(parsed.error)}`);
    const event = parsed.data;
    const problem = this.problemOf(event);
    if (problem) throw this.wrong(problem);
    this.batches.add(JSON.stringify(event));
    this.changes = { ...this.changes, ...this.row.after([event]) };
    this.finished = event.type === "finished";
  }

  /** What a schema cannot say. */
  private problemOf(event: BuildEvent): string | null {
    if (event.seq !== this.line - 1) return `is event ${event.seq}, and ${this.line - 1} is its number`;
    if (!(event.at >= 0 && event.at <= LATEST)) return "has no time that can be";
    if (event.type === "plan") {
      if (event.stages.length > this.stages) return "plans more stages than the text has";
      if (event.stages.some(({ index }, at) => index !== at)) return "does not count its stages from 0";
      const places = event.vertices.flatMap((vertex) => vertex.places);
      if (places.some(({ stage }) => stage >= event.stages.length)) return "places a step in no stage";
    }
    if (event.type === "size" && event.stage >= this.stages) return "weighs a stage that the text has not";
    return namesIn(event).some((name) => !NAME.test(name)) ? "names a step by what is no name" : null;
  }

  private wrong(what: string): Refusal {
    return damaged(`Line ${this.line} ${what}.`);
  }
}

/** The latest time that a Date can hold. */
const LATEST = 8.64e15;
/** Of a vertex: they are keys of objects here, so none may be one that every object has. */
const NAME = /^(?!__)[\x20-\x7e]{1,400}$/;

function namesIn(event: BuildEvent): string[] {
  if (event.type === "plan") return event.vertices.map(({ digest }) => digest);
  if (event.type === "vertex") return [event.digest];
  if (event.type === "progress") return [event.vertex, event.id.replace(/[^\x20-\x7e]/g, "?")];
  return event.type === "log" ? [event.vertex] : [];
}

const count = (limit: number) => limit.toLocaleString("en-US");
const said = (error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }) =>
  error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join(".") || "it"}: ${message}`)
    .join("; ")
    .slice(0, 500);

function damaged(why: string): Refusal {
  return new Refusal(
    "unsafe",
    "bad-record",
    `This is no build record that can be read. ${why}`,
    "Export the build again, and send the file as it is. Nothing was saved from it.",
  );
}

function tooLarge(limit: string): Refusal {
  return new Refusal(
    "tooLarge",
    "record-too-large",
    `The build record has more than ${limit}.`,
    "Nothing was saved from it.",
  );
}
