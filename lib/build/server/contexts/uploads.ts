/**
 * Contents that a browser has sent for a document and that no context has yet. They lie in a folder of the document's
 * own, so that nobody else can make use of them, outlive a cut connection and a restart, and go after a day.
 */
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Refusal } from "../../../share/refusal";
import { type ContextLimits, tooManyBytes, tooManyEntries } from "./archive/intake";
import { type Received, Staging } from "./blobs";
import { type Frame, readFrames } from "./frames";

const KEPT_MS = 24 * 60 * 60_000;

export interface Uploads {
  of(documentId: string): Promise<Staging>;
  /** Takes contents in as ./frames says; those that came whole stay, also where the rest breaks off. */
  receive(documentId: string, body: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<void>;
  /** Of these contents only. */
  keepOnly(documentId: string, blobs: ReadonlySet<string>): Promise<void>;
  remove(documentId: string): Promise<void>;
  /** Removes what is old, or of a document that is gone. */
  collect(isThere: (documentId: string) => Promise<boolean>, now: number): Promise<void>;
}

export async function openUploads(data: string, limits: ContextLimits): Promise<Uploads> {
  const root = join(data, "uploads");
  await mkdir(root, { recursive: true });
  const folder = (documentId: string) => join(root, documentId);

  async function of(documentId: string): Promise<Staging> {
    await mkdir(folder(documentId), { recursive: true });
    return new Staging(folder(documentId));
  }

  const remove = (documentId: string) => rm(folder(documentId), { recursive: true, force: true });

  /** By document, while somebody sends for it. */
  const rooms = new Map<string, { room: Promise<Room>; senders: number }>();

  async function inRoom(documentId: string, staging: Staging, work: (room: Room) => Promise<void>) {
    const entered = rooms.get(documentId) ?? {
      room: staging.held().then((held) => new Room(held, limits)),
      senders: 0,
    };
    rooms.set(documentId, entered);
    entered.senders++;
    try {
      await work(await entered.room);
    } finally {
      if (--entered.senders === 0) rooms.delete(documentId);
    }
  }

  async function receiveOne(frame: Frame, staging: Staging, signal?: AbortSignal): Promise<Received> {
    const received = await staging.receive(frame.content, () => signal?.throwIfAborted());
    if (received.blob === frame.blob) return received;
    await staging.drop(received.blob);
    throw changedOnTheWay();
  }

  return {
    of,
    async receive(documentId, body, signal) {
      const staging = await of(documentId);
      await inRoom(documentId, staging, async (room) => {
        // What is sent twice takes no room, but time: a small body, unpacked, could go on for ever.
        const sent = new Room(new Map(), limits);
        for await (const frame of readFrames(body)) {
          signal?.throwIfAborted();
          sent.take(frame.bytes);
          const settle = room.take(frame.bytes);
          await receiveOne(frame, staging, signal).then(settle, (error) => {
            settle(null);
            throw error;
          });
        }
      });
    },
    async keepOnly(documentId, blobs) {
      const staging = await of(documentId);
      for (const blob of (await staging.held()).keys()) if (!blobs.has(blob)) await staging.drop(blob);
    },
    remove,
    async collect(isThere, now) {
      for (const documentId of await readdir(root)) {
        // It may have been attached, and gone, since the names were read.
        const status = await stat(folder(documentId)).catch(() => null);
        if (status === null) continue;
        const age = now - status.mtimeMs;
        if (age > KEPT_MS || !(await isThere(documentId))) await remove(documentId);
      }
    },
  };
}

/** How much a document may still be sent: what lies there counts, and what is coming in any request. */
class Room {
  private bytes: number;
  private coming = 0;

  constructor(
    private readonly held: Map<string, number>,
    private readonly limits: ContextLimits,
  ) {
    this.bytes = [...held.values()].reduce((sum, size) => sum + size, 0);
  }

  /** Refuses where there is none; else it is taken until the one that is given back is told what came of it. */
  take(bytes: number): (received: Received | null) => void {
    if (this.bytes + bytes > this.limits.bytes) throw tooManyBytes(this.limits);
    if (this.held.size + this.coming >= this.limits.entries) throw tooManyEntries(this.limits);
    this.bytes += bytes;
    this.coming++;
    return (received) => {
      this.coming--;
      if (received && !this.held.has(received.blob)) this.held.set(received.blob, bytes);
      else this.bytes -= bytes;
    };
  }
}

/** A body that says it is gzipped, unpacked. */
export async function* gunzipped(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unzip = createGunzip();
  // What goes wrong comes out where the parts are read.
  pipeline(body, unzip).catch(() => {});
  try {
    for await (const part of unzip) yield part as Uint8Array;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))) throw error;
    throw new Refusal(
      "invalid",
      "bad-gzip",
      "The body is not gzip, as its header says.",
      "Send it as it is.",
    );
  }
}

function changedOnTheWay(): Refusal {
  return new Refusal(
    "conflict",
    "content-changed",
    "A file is not what its hash says: it changed while it was being sent.",
    "Attach the folder again when nothing writes to it.",
  );
}
