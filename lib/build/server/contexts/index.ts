/** The build contexts of documents: attached from archives, files, templates and Git; listed, handed to builds. */
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../../../db";
import type { AttachedFiles, ContextView, TakenContext } from "../../../share/answers";
import type { ContextSummary } from "../../../share/document";
import { isRefusal, Refusal } from "../../../share/refusal";
import type { ContextFileList, IgnoreFileText } from "../../../share/requests";
import { unknownDocument } from "../../../share/server/documents";
import { type GitSource, nameOfSource } from "../../context/git-source";
import type { BuildOptions } from "../../events";
import { attachedContexts } from "../../options";
import type { ContextManifest } from "../../why";
import { walkFolder } from "../folder";
import type { Git } from "../git";
import type { NamedFolders } from "../named-contexts";
import { NOT_CONTEXT } from "../templates";
import { planEntry } from "./archive/entry";
import { Intake } from "./archive/intake";
import { archiveTooLarge, receiveArchive } from "./archive/receive";
import type { StoredEntry } from "./entries";
import type { ContextFolder } from "./folder";
import { createRemoteContexts, type RemoteContexts } from "./remote";
import { blobsOf, type ContextUse, MissingContents, openStore } from "./store";
import { gunzipped, openUploads } from "./uploads";
import { writeIgnoreFile } from "./write-ignore-file";

export const MAX_CONTEXT_ENTRIES = 100_000;
const MAX_NAME_LENGTH = 200;
/** Documents of an owner, the last changed ones, whose files need not be sent again. */
const DOCUMENTS_COMPARED = 10;

export interface Contexts {
  /**
   * Takes a zip, a tar or a tar.gz as it streams in; `length` is how long it says to be, 0 where it does not. Until
   * all of it is accepted, what the document has stays attached.
   */
  attachArchive(
    documentId: string,
    name: string,
    archive: ReadableStream<Uint8Array>,
    length: number,
    signal?: AbortSignal,
    use?: ContextUse,
  ): Promise<ContextSummary>;
  /**
   * Attaches files by the hashes of their contents, or says which contents are missing, and attaches nothing then.
   * There are those that were sent for this document, and those of the contexts that its owner's documents have: a
   * hash alone is no proof that somebody has a file.
   */
  attachFiles(
    documentId: string,
    name: string,
    files: ContextFileList,
    use?: ContextUse,
  ): Promise<AttachedFiles>;
  /** Takes contents in for {@link attachFiles}, as ./frames says. */
  receiveContents(
    documentId: string,
    body: ReadableStream<Uint8Array>,
    gzipped: boolean,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Attaches a copy of a template's own files; null where it has none. */
  attachTemplate(
    documentId: string,
    template: { title: string; folder: string },
  ): Promise<ContextSummary | null>;
  /** Attaches the files of one commit of a Git repository. */
  attachGit(documentId: string, source: GitSource, signal?: AbortSignal): Promise<TakenContext>;
  /** Attaches what is attached with another text of its ignore file. Refuses where that is another context by now. */
  writeIgnoreFile(documentId: string, file: IgnoreFileText): Promise<ContextSummary>;
  detach(documentId: string): Promise<void>;
  /** Refuses where the document has none. */
  view(documentId: string): Promise<ContextView>;
  /** Of what a build was made from. Refuses where it had none, or that is not known any more. */
  viewOfBuild(buildId: string): Promise<ContextView>;
  /** What was sent for builds to take by name, newest first. */
  listNamed(documentId: string): Promise<ContextSummary[]>;
  /** The files of those that a build's options name, by that name. Refuses what the document does not have. */
  named(documentId: string, contexts: BuildOptions["contexts"]): Promise<NamedFolders>;
  /** What was in a context, by hash; null where that is not known any more. */
  manifest(contextId: string): Promise<ContextManifest | null>;
  /** The files of a context, for a build. */
  files(contextId: string): Promise<ContextFolder>;
  /** What builds take by address as named contexts. */
  remote: RemoteContexts;
  /** Removes what nothing refers to, as far as that can be done. */
  collect(): Promise<void>;
}

export async function openContexts(
  db: Database,
  data: string,
  limit: number,
  git: Git,
  privateHosts: readonly string[],
): Promise<Contexts> {
  const limits = { bytes: limit, entries: MAX_CONTEXT_ENTRIES };
  const store = await openStore(db, data);
  const uploads = await openUploads(data, limits);

  /** Bytes of the contents that a document's owner has shown to have, by hash. */
  async function owned(documentId: string): Promise<Map<string, number>> {
    const document = await db.document.findUnique({
      where: { id: documentId },
      select: { ownerId: true, contextId: true },
    });
    if (!document) throw unknownDocument();
    const { ownerId, contextId } = document;
    const others = await db.document.findMany({
      where: { ownerId, contextId: { not: null } },
      orderBy: { updatedAt: "desc" },
      take: DOCUMENTS_COMPARED,
      select: { id: true, contextId: true },
    });
    const named = await db.namedContext.findMany({ where: { documentId }, select: { contextId: true } });
    const found = new Map<string, number>();
    for (const id of new Set([contextId, ...[...named, ...others].map((each) => each.contextId)])) {
      const stored = id && (await store.manifests.stored(id));
      for (const { blob, bytes } of stored ? stored.entries : []) if (blob) found.set(blob, bytes);
    }
    return found;
  }

  const isThere = async (id: string) => (await db.document.count({ where: { id } })) > 0;

  async function clearAway(): Promise<void> {
    await store.collect();
    await uploads.collect(isThere, Date.now());
  }

  /** By then what was asked for is done: what cannot be cleared away now goes with the next, or at the next start. */
  const collect = () =>
    clearAway().catch((error) => console.error("What is left of build contexts stays for now:", error));

  const contexts: Contexts = {
    async attachArchive(documentId, name, archive, length, signal, use) {
      if (length > packedLimit(limit)) throw archiveTooLarge();
      const summary = await store.receive(async (staging, folder) => {
        const intake = new Intake(staging, limits, signal);
        const options = { folder, limit: packedLimit(limit), signal };
        const entries = await receiveArchive(
          archive as unknown as AsyncIterable<Uint8Array>,
          intake,
          options,
        );
        return store.publish(documentId, cleanName(name), entries, staging, use);
      });
      await collect();
      return summary;
    },

    async attachFiles(documentId, name, files, use) {
      const staging = await uploads.of(documentId);
      const intake = new Intake(staging, limits);
      for (const { path, mode, modified, blob, bytes } of files) {
        intake.count();
        intake.known(planEntry(path, "file", mode)!, modified, blob, bytes);
      }
      const entries = intake.finish();
      await uploads.keepOnly(documentId, blobsOf(entries));
      const there = new Map([...(await owned(documentId)), ...(await staging.held())]);
      const missing = lacking(entries, there);
      if (missing.length > 0) return { context: null, missing };
      try {
        const context = await store.publish(documentId, cleanName(name), entries, staging, use);
        await uploads.remove(documentId);
        await collect();
        return { context, missing: [] };
      } catch (error) {
        // Another document, which had them, has let go of them meanwhile.
        if (error instanceof MissingContents) return { context: null, missing: [...error.blobs] };
        throw error;
      }
    },

    async receiveContents(documentId, body, gzipped, signal) {
      const parts = body as unknown as AsyncIterable<Uint8Array>;
      try {
        await uploads.receive(documentId, gzipped ? gunzipped(parts) : parts, signal);
      } catch (error) {
        // Its folder goes with the document.
        throw isRefusal(error) || (await isThere(documentId)) ? error : unknownDocument();
      }
    },

    async attachTemplate(documentId, { title, folder }) {
      const names = (await readdir(folder)).filter((entry) => !NOT_CONTEXT.has(entry));
      if (names.length === 0) return null;
      return store.receive(async (staging) => {
        const entries: StoredEntry[] = [];
        for await (const { content, ...entry } of walkFolder(folder)) {
          if (NOT_CONTEXT.has(entry.path)) continue;
          entries.push(content ? { ...entry, ...(await staging.copy(content)) } : entry);
        }
        return store.publish(documentId, cleanName(title), entries, staging);
      });
    },

    async attachGit(documentId, source, signal) {
      const taken = await store.receive(async (staging, folder) => {
        const intake = new Intake(staging, limits, signal);
        const repository = join(folder, "repository.git");
        await mkdir(repository);
        const { submodules } = await git.fetch(source, repository, intake, packedLimit(limit), signal);
        const name = cleanName(nameOfSource(source));
        const context = await store.publish(documentId, name, intake.finish(), staging);
        return submodules > 0 ? { ...context, submodules } : context;
      });
      await collect();
      return taken;
    },

    async writeIgnoreFile(documentId, file) {
      const context = await writeIgnoreFile(db, store, limits, documentId, file);
      await collect();
      return context;
    },

    async detach(documentId) {
      await db.document.updateMany({
        where: { id: documentId },
        data: { contextId: null, contextName: null },
      });
      await uploads.remove(documentId);
      await collect();
    },

    async view(documentId) {
      const row = await db.document.findUnique({ where: { id: documentId }, include: { context: true } });
      if (!row?.context) {
        throw new Refusal(
          "notFound",
          "no-context",
          "This document has no build context.",
          "Attach a folder or an archive.",
        );
      }
      const { id, files, bytes } = row.context;
      const { entries, ignore } = await store.open(id);
      const listed = entries.map(({ path, kind, bytes, link }) => ({
        path,
        kind,
        bytes,
        ...(link === undefined ? {} : { link }),
      }));
      return {
        id,
        name: row.contextName ?? "",
        files,
        bytes: Number(bytes),
        entries: listed,
        ignore,
      };
    },

    async viewOfBuild(buildId) {
      const row = await db.build.findUnique({
        where: { id: buildId },
        select: { contextId: true, document: { select: { contextId: true, contextName: true } } },
      });
      const manifest = row?.contextId ? await store.manifests.read(row.contextId) : null;
      if (!row?.contextId || !manifest) throw notListed();
      const files = manifest.entries.filter(({ kind }) => kind === "file");
      return {
        id: row.contextId,
        // What it was called then is not kept; the document has a name for the one that is attached now.
        name: row.document.contextId === row.contextId ? (row.document.contextName ?? "") : "",
        files: files.length,
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        entries: manifest.entries.map(({ hash, ...entry }) => entry),
        ignore: manifest.ignore,
      };
    },

    async listNamed(documentId) {
      const rows = await db.namedContext.findMany({
        where: { documentId },
        orderBy: { createdAt: "desc" },
        include: { context: true },
      });
      return rows.map(({ name, context: { id, files, bytes } }) => ({
        id,
        name,
        files,
        bytes: Number(bytes),
      }));
    },

    async named(documentId, contexts) {
      const found = new Map<string, ContextFolder>();
      for (const [name, contextId] of attachedContexts(contexts)) {
        const key = { documentId, contextId };
        const there = await db.namedContext.findUnique({ where: { documentId_contextId: key } });
        if (!there) throw notAttached(name);
        found.set(name, await store.files(contextId));
      }
      return found;
    },

    manifest: store.manifests.read,
    files: store.files,
    remote: createRemoteContexts({
      git,
      limits,
      packed: packedLimit(limit),
      privateHosts,
      receive: store.receive,
    }),
    collect,
  };
  await clearAway();
  return contexts;
}

function notListed(): Refusal {
  return new Refusal(
    "notFound",
    "no-context",
    "What this build was made from is not known: it had no build context, or was made elsewhere.",
    "Attach a build context to the document and build again.",
  );
}

function notAttached(name: string): Refusal {
  return new Refusal(
    "conflict",
    "named-context-gone",
    `The files of the named context ${name} are not here any more.`,
    "Attach its folder or archive again in the build options.",
  );
}

/** Contents that are not there with the very length, each once. */
function lacking(entries: readonly StoredEntry[], there: ReadonlyMap<string, number>): string[] {
  const missing = new Set<string>();
  for (const { blob, bytes } of entries) if (blob && there.get(blob) !== bytes) missing.add(blob);
  return [...missing];
}

/** What compresses badly may grow a little by being packed. */
function packedLimit(limit: number): number {
  return Math.ceil(limit * 1.05) + 16 * 1024 * 1024;
}

function cleanName(name: string): string {
  return name.trim().slice(0, MAX_NAME_LENGTH) || "Build context";
}
