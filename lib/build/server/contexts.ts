/**
 * Build contexts: folders on disk, named by their content and shared by whatever documents have the same one. A folder
 * is never changed once it has its name; it goes when no document and no unfinished build refers to it.
 */
import { createWriteStream } from "node:fs";
import { cp, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Database } from "../../db";
import type { ContextView } from "../../share/answers";
import type { ContextSummary } from "../../share/document";
import { Refusal } from "../../share/refusal";
import { newId } from "../../share/server/ids";
import { Serial } from "../../share/server/serial";
import type { ContextManifest } from "../why";
import { extractZip } from "./archive/extract";
import { listContext } from "./context-listing";
import { digestFolder } from "./folder";
import { openManifests } from "./manifests";
import { UNFINISHED } from "./rows";
import { NOT_CONTEXT } from "./templates";

export const MAX_CONTEXT_ENTRIES = 100_000;
const COPY_EXACTLY = { recursive: true, verbatimSymlinks: true, preserveTimestamps: true };
const MAX_NAME_LENGTH = 200;

export interface Contexts {
  /**
   * Takes a zip as it streams in; `length` is how long it says to be, 0 where it does not. Until all of it is
   * accepted, what the document has stays attached.
   */
  attachZip(
    documentId: string,
    name: string,
    zip: ReadableStream<Uint8Array>,
    length: number,
    signal?: AbortSignal,
  ): Promise<ContextSummary>;
  /** Attaches a copy of a template's own files; null where it has none. */
  attachTemplate(
    documentId: string,
    template: { title: string; folder: string },
  ): Promise<ContextSummary | null>;
  detach(documentId: string): Promise<void>;
  /** Refuses where the document has none. */
  view(documentId: string): Promise<ContextView>;
  /** What was in a context, by hash; null where that is not known any more. */
  manifest(contextId: string): Promise<ContextManifest | null>;
  /** Where the files of a context are. */
  root(contextId: string): string;
  /** Removes what nothing refers to. */
  collect(): Promise<void>;
}

export async function openContexts(db: Database, data: string, limit: number): Promise<Contexts> {
  const kept = join(data, "contexts");
  const incoming = join(data, "incoming");
  // What is here was being received when the server last stopped.
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  await mkdir(kept, { recursive: true });
  const manifests = await openManifests(data);

  /** Publishing and collecting never overlap: neither sees the other half done. */
  const changes = new Serial();
  const root = (id: string) => join(kept, id);

  async function receive<T>(work: (folder: string, archive: string) => Promise<T>): Promise<T> {
    const place = join(incoming, newId());
    const folder = join(place, "files");
    await mkdir(folder, { recursive: true });
    try {
      return await work(folder, join(place, "archive.zip"));
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  }

  function publish(documentId: string, name: string, folder: string): Promise<ContextSummary> {
    return changes.run("all", async () => {
      const { id, files, bytes, hashes } = await digestFolder(folder);
      await manifests.keep(id, folder, hashes);
      if (!(await exists(root(id)))) await rename(folder, root(id));
      const row = { id, files, bytes: BigInt(bytes) };
      await db.$transaction([
        db.context.upsert({ where: { id }, create: row, update: {} }),
        db.document.update({
          where: { id: documentId },
          data: { contextId: id, contextName: name, updatedAt: new Date() },
        }),
      ]);
      return { id, name, files, bytes };
    });
  }

  async function collect(): Promise<void> {
    await changes.run("all", async () => {
      // In one transaction, so that no build begins between the question and the deed.
      await db.$transaction(async (session) => {
        const building = await session.build.findMany({
          where: { status: { in: UNFINISHED }, contextId: { not: null } },
          select: { contextId: true },
        });
        const inUse = building.map((build) => build.contextId).filter((id) => id !== null);
        await session.context.deleteMany({ where: { documents: { none: {} }, id: { notIn: inUse } } });
      });
      const known = new Set((await db.context.findMany({ select: { id: true } })).map((row) => row.id));
      for (const id of await readdir(kept)) {
        if (!known.has(id)) await rm(root(id), { recursive: true, force: true });
      }
      const built = await db.build.findMany({
        where: { contextId: { not: null } },
        select: { contextId: true },
        distinct: ["contextId"],
      });
      for (const { contextId } of built) known.add(contextId!);
      await manifests.collect(known);
    });
  }

  const contexts: Contexts = {
    async attachZip(documentId, name, zip, length, signal) {
      if (length > packedLimit(limit)) throw tooLarge();
      const summary = await receive(async (folder, archive) => {
        await save(zip, archive, packedLimit(limit), signal);
        await extractZip(archive, folder, { bytes: limit, entries: MAX_CONTEXT_ENTRIES }, signal);
        return publish(documentId, cleanName(name), folder);
      });
      await collect();
      return summary;
    },

    async attachTemplate(documentId, { title, folder: source }) {
      const names = (await readdir(source)).filter((entry) => !NOT_CONTEXT.has(entry));
      if (names.length === 0) return null;
      return receive(async (folder) => {
        for (const entry of names) await cp(join(source, entry), join(folder, entry), COPY_EXACTLY);
        return publish(documentId, cleanName(title), folder);
      });
    },

    async detach(documentId) {
      await db.document.updateMany({
        where: { id: documentId },
        data: { contextId: null, contextName: null },
      });
      await collect();
    },

    async view(documentId) {
      const row = await db.document.findUnique({ where: { id: documentId }, include: { context: true } });
      if (!row?.context) {
        throw new Refusal(
          "notFound",
          "no-context",
          "This document has no build context.",
          "Attach a folder or a zip.",
        );
      }
      const { id, files, bytes } = row.context;
      const listing = await listContext(root(id));
      return { id, name: row.contextName ?? "", files, bytes: Number(bytes), ...listing };
    },

    manifest: manifests.read,
    root,
    collect,
  };
  await collect();
  return contexts;
}

/** What compresses badly may grow a little by being packed. */
function packedLimit(limit: number): number {
  return Math.ceil(limit * 1.05) + 16 * 1024 * 1024;
}

async function save(
  body: ReadableStream<Uint8Array>,
  path: string,
  limit: number,
  signal?: AbortSignal,
): Promise<void> {
  let size = 0;
  const count = new Transform({
    transform(part: Buffer, _encoding, done) {
      size += part.length;
      if (size <= limit) return done(null, part);
      done(tooLarge());
    },
  });
  const source = Readable.fromWeb(body as import("node:stream/web").ReadableStream<Uint8Array>);
  await pipeline(source, count, createWriteStream(path), { signal });
}

function tooLarge(): Refusal {
  return new Refusal(
    "tooLarge",
    "context-too-large",
    "The archive is larger than any build context may be here.",
    "Leave out what the build does not need. The build context attached before is unchanged.",
  );
}

function cleanName(name: string): string {
  return name.trim().slice(0, MAX_NAME_LENGTH) || "Build context";
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
