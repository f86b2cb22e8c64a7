/** Contexts as the server keeps them: a manifest each, contents shared between them. */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../../../db";
import type { ContextSummary } from "../../../share/document";
import { unknownDocument } from "../../../share/server/documents";
import { newId } from "../../../share/server/ids";
import { Serial } from "../../../share/server/serial";
import { IGNORE_FILES } from "../../context/ignore-file";
import { attachedContexts, attachedSource } from "../../options";
import { walkFolder } from "../folder";
import { readOptions, UNFINISHED } from "../rows";
import { isHash, openBlobs, Staging } from "./blobs";
import { digestEntries, type StoredEntry } from "./entries";
import { ContextFolder } from "./folder";
import { Holdings } from "./holdings";
import { type Manifests, openManifests, type StoredContext } from "./manifests";

/** Of an ignore file, in characters: more than anyone writes by hand. */
const MAX_IGNORE_FILE = 1024 * 1024;

/** Contents that were to be there and are not. */
export class MissingContents extends Error {
  constructor(readonly blobs: readonly string[]) {
    super(`${blobs.length} contents are missing.`);
  }
}

/** As a document's build context, in place of the one before; or beside it, for builds to take by name. */
export type ContextUse = "main" | "named";

/** Contexts beside the build context that a document has; the oldest goes as another comes. */
export const MAX_NAMED_CONTEXTS = 20;

export interface ContextStore {
  manifests: Manifests;
  /** A place for contents while `work` takes them in; gone afterwards. */
  receive<T>(work: (staging: Staging, folder: string) => Promise<T>): Promise<T>;
  /** Keeps it and attaches it. Contents are in the store or in `staging`, else it throws {@link MissingContents}. */
  publish(
    documentId: string,
    name: string,
    entries: readonly StoredEntry[],
    staging: Staging,
    use?: ContextUse,
  ): Promise<ContextSummary>;
  /** Throws where it is not kept any more. */
  open(contextId: string): Promise<StoredContext>;
  files(contextId: string): Promise<ContextFolder>;
  /** Removes what no document and no unfinished build refers to. */
  collect(): Promise<void>;
}

export async function openStore(db: Database, data: string): Promise<ContextStore> {
  const incoming = join(data, "incoming");
  // What is here was being received when the server last stopped.
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  const blobs = await openBlobs(join(data, "blobs"));
  const manifests = await openManifests(data);
  /** Publishing and collecting never overlap: neither sees the other half done. */
  const changes = new Serial();

  async function receive<T>(work: (staging: Staging, folder: string) => Promise<T>): Promise<T> {
    const folder = join(incoming, newId());
    await mkdir(join(folder, "blobs"), { recursive: true });
    try {
      return await work(new Staging(join(folder, "blobs")), folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** For good on disk, under the digest of all. */
  async function keep(
    entries: readonly StoredEntry[],
    staging: Staging,
    hashes: Map<string, string>,
    id: string,
  ) {
    const lacking = await blobs.lacking(blobsOf(entries));
    const held = await staging.held();
    const missing = lacking.filter((blob) => !held.has(blob));
    if (missing.length > 0) throw new MissingContents(missing);
    await blobs.adopt(staging, lacking);
    const ignore = await ignoreText(entries);
    await manifests.keep(id, { entries: [...entries], ignore }, hashes);
  }

  async function ignoreText(entries: readonly StoredEntry[]): Promise<string | null> {
    // A link is not followed: what it names may lie outside.
    const found = IGNORE_FILES.map((name) => entries.find((entry) => entry.path === name && entry.blob));
    const file = found.find((entry) => entry !== undefined);
    if (!file) return null;
    return (await readFile(blobs.path(file.blob!), "utf8")).slice(0, MAX_IGNORE_FILE);
  }

  async function open(contextId: string): Promise<StoredContext> {
    const stored = await manifests.stored(contextId);
    if (!stored) throw new Error(`The files of the build context ${contextId} are not in the data folder.`);
    return stored;
  }

  const blobsIn = async (id: string) => {
    const stored = await manifests.stored(id);
    return stored && blobsOf(stored.entries);
  };
  const holdings = new Holdings(blobsIn);

  /** Removes the contents that went with these contexts, as far as no other one has them. */
  async function removeContents(gone: readonly string[], known: ReadonlySet<string>): Promise<void> {
    for (const id of gone) {
      holdings.forget(id);
      const contents = await blobsIn(id);
      // What cannot be read now may be needed yet: the next start looks through all.
      if (contents && (await holdings.keep(contents, known))) await blobs.remove([...contents]);
      else console.error(`What went with the build context ${id} stays: a manifest cannot be read.`);
    }
  }

  const knownIds = async () =>
    new Set((await db.context.findMany({ select: { id: true } })).map(({ id }) => id));

  /** What nothing refers to was being received when the server last stopped. */
  async function sweep(): Promise<void> {
    const unused = new Set(await blobs.all());
    if (await holdings.keep(unused, await knownIds())) await blobs.remove([...unused]);
    else console.error("The manifest of a build context cannot be read: nothing is removed.");
  }

  /** Of more than a document may have: those that were sent first. */
  async function dropOldest(documentId: string): Promise<void> {
    const old = await db.namedContext.findMany({
      where: { documentId },
      orderBy: { createdAt: "desc" },
      skip: MAX_NAMED_CONTEXTS,
    });
    for (const { contextId } of old)
      await db.namedContext.delete({ where: { documentId_contextId: { documentId, contextId } } });
  }

  const store: ContextStore = {
    manifests,
    receive,
    open,
    publish: (documentId, name, entries, staging, use = "main") =>
      changes.run("all", async () => {
        const { id, files, bytes, hashes } = digestEntries(entries);
        const before = await db.context.findUnique({ where: { id } });
        if (!before) await keep(entries, staging, hashes, id);
        const row = { id, files, bytes: BigInt(bytes) };
        const key = { documentId, contextId: id };
        const attached = { name, createdAt: new Date() };
        const attaching = db.$transaction([
          db.context.upsert({ where: { id }, create: row, update: {} }),
          use === "main"
            ? db.document.update({
                where: { id: documentId },
                data: { contextId: id, contextName: name, updatedAt: new Date() },
              })
            : db.namedContext.upsert({
                where: { documentId_contextId: key },
                create: { ...key, ...attached },
                update: attached,
              }),
        ]);
        await attaching.catch(async (error) => {
          // The document has gone meanwhile: nothing else would ever look for what was kept for it.
          if (!before) await removeContents([id], await knownIds());
          throw (await db.document.count({ where: { id: documentId } })) > 0 ? error : unknownDocument();
        });
        if (use === "named") await dropOldest(documentId);
        return { id, name, files, bytes };
      }),

    async files(contextId) {
      const { entries } = await open(contextId);
      return new ContextFolder(
        entries.map(({ blob, ...entry }) => (blob ? { ...entry, content: blobs.path(blob) } : entry)),
      );
    },

    async collect() {
      await changes.run("all", async () => {
        // In one transaction, so that no build begins between the question and the deed.
        const gone = await db.$transaction(async (session) => {
          const building = await session.build.findMany({
            where: { status: { in: UNFINISHED } },
            select: { contextId: true, options: true },
          });
          const inUse = building.flatMap(({ contextId, options }) => [
            ...(contextId === null ? [] : [contextId]),
            ...attachedContexts(readOptions(options).contexts).values(),
          ]);
          const where = { documents: { none: {} }, named: { none: {} }, id: { notIn: inUse } };
          const unused = await session.context.findMany({ where, select: { id: true } });
          if (unused.length > 0) await session.context.deleteMany({ where });
          return unused.map(({ id }) => id);
        });
        const known = await knownIds();
        await removeContents(gone, known);
        const built = await db.build.findMany({
          where: { contextId: { not: null } },
          select: { contextId: true },
          distinct: ["contextId"],
        });
        for (const { contextId } of built) known.add(contextId!);
        const named = await db.build.findMany({
          where: { options: { contains: attachedSource("") } },
          select: { options: true },
        });
        for (const { options } of named)
          for (const id of attachedContexts(readOptions(options).contexts).values()) known.add(id);
        await manifests.collect(known);
      });
    },
  };

  /** Folders of files, one for each context, are how they were kept before contents had names. */
  async function takeOver(folder: string): Promise<void> {
    for (const id of (await readdir(folder).catch(() => [])).filter(isHash)) {
      if (await db.context.findUnique({ where: { id } })) {
        await receive(async (staging) => {
          const entries: StoredEntry[] = [];
          for await (const { content, ...entry } of walkFolder(join(folder, id))) {
            entries.push(content ? { ...entry, ...(await staging.copy(content)) } : entry);
          }
          await keep(entries, staging, digestEntries(entries).hashes, id);
        });
      }
      await rm(join(folder, id), { recursive: true, force: true });
    }
    await rm(folder, { recursive: true, force: true });
  }

  await takeOver(join(data, "contexts"));
  await sweep();
  return store;
}

export function blobsOf(entries: readonly StoredEntry[]): Set<string> {
  return new Set(entries.flatMap(({ blob }) => (blob === undefined ? [] : [blob])));
}
