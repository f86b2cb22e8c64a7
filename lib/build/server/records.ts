/** The record of builds: made, listed, read back from any event on. */
import { setImmediate } from "node:timers/promises";
import type { Database } from "../../db";
import type { BuildDetail } from "../../share/answers";
import type { BuildSummary } from "../../share/document";
import { MAX_IMPORTED } from "../../share/record-file";
import { Refusal } from "../../share/refusal";
import type { DocumentSource } from "../../share/server/documents";
import { newId } from "../../share/server/ids";
import type { BuildEvent, BuildEventBody, BuildOptions } from "../events";
import { attachedContexts } from "../options";
import { emptyBuild, reduceBuild } from "../reducer";
import type { ContextManifest, RecordedBuild } from "../why";
import { type EventBatch, finishOf, toChunk } from "./chunks";
import type { ReadRecord } from "./record-file/read";
import { toDetail, toSummary, UNFINISHED } from "./rows";

/** Finished builds that a document keeps; older ones go as new ones come. */
export const KEPT_BUILDS = 50;
/** Chunks read at once: few enough to hold for a reader who is slow. */
const CHUNKS_AT_ONCE = 16;
/** How long the largest record may take to be written, in milliseconds. */
const TAKING_MS = 120_000;
/** As the recorder begins it, and an imported one. */
const LOG_LINE = /^\{"seq":\d+,(?:"at":[\d.]+,)?"type":"(?:log|progress)"/;

export const INTERRUPTED: Extract<BuildEventBody, { type: "finished" }> = {
  type: "finished",
  status: "interrupted",
  error: {
    message: "The Stagecraft server stopped while this build ran.",
    hint: "Build again: what the host had finished is in its cache.",
  },
};

export function createRecords(db: Database, now: () => number) {
  /** Appends the end that the build itself could not record. */
  async function interrupt(id: string): Promise<void> {
    const last = await db.buildChunk.aggregate({ where: { buildId: id }, _max: { lastSeq: true } });
    const at = now();
    const event: BuildEvent = { seq: (last._max.lastSeq ?? 0) + 1, at, ...INTERRUPTED };
    await db.$transaction([
      db.buildChunk.create({ data: toChunk(id, { firstSeq: event.seq, lines: [JSON.stringify(event)] }) }),
      db.build.update({ where: { id }, data: finishOf(INTERRUPTED, at) }),
    ]);
  }

  return {
    /** `contextId` is that of the document at this moment: from here on it is kept for the build. */
    async create(documentId: string, source: DocumentSource, options: BuildOptions) {
      const row = await db.$transaction(async (session) => {
        const document = await session.document.findUnique({
          where: { id: documentId },
          select: { contextId: true },
        });
        if (!document) throw unknownBuild();
        return session.build.create({
          data: {
            id: newId(),
            documentId,
            status: "queued",
            options: JSON.stringify(options),
            sizes: "{}",
            text: source.text,
            eol: source.format.eol,
            bom: source.format.bom,
            contextId: document.contextId,
            createdAt: new Date(now()),
          },
        });
      });
      return { summary: toSummary(row), contextId: row.contextId };
    },

    /** A build that was read from a file, whole and at once. */
    async take(documentId: string, { head, row, batches }: ReadRecord): Promise<BuildSummary> {
      const kept = await db.build.count({ where: { documentId, imported: true } });
      if (kept >= MAX_IMPORTED) throw tooManyImported();
      const { createdAt, options, text, file } = head;
      const id = newId();
      const data = {
        ...row,
        id,
        documentId,
        options: JSON.stringify({ ...options, host: null }),
        sizes: row.sizes ?? "{}",
        status: row.status ?? "interrupted",
        text,
        eol: file.eol,
        bom: file.bom,
        // A clock that goes ahead elsewhere does not make it the newest for ever.
        createdAt: new Date(Math.min(createdAt, now())),
        imported: true,
      };
      // Chunk by chunk: between two of them others are answered.
      const made = await db.$transaction(
        async (session) => {
          const created = await session.build.create({ data });
          for await (const batch of batches) {
            await session.buildChunk.create({ data: toChunk(id, batch) });
            await setImmediate();
          }
          return created;
        },
        { timeout: TAKING_MS },
      );
      return toSummary(made);
    },

    async list(documentId: string): Promise<BuildSummary[]> {
      const rows = await db.build.findMany({
        where: { documentId },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      });
      return rows.map(toSummary);
    },

    async get(id: string): Promise<BuildDetail> {
      const row = await db.build.findUnique({ where: { id } });
      if (!row) throw unknownBuild();
      return toDetail(row);
    },

    /** What a build says of its steps, its log left out; null where there is no such build. */
    async recorded(id: string, manifest: (contextId: string) => Promise<ContextManifest | null>) {
      const row = await db.build.findUnique({ where: { id } });
      if (!row) return null;
      let state = emptyBuild();
      let seq = 0;
      for (;;) {
        const chunks = await db.buildChunk.findMany({
          where: { buildId: id, lastSeq: { gt: seq } },
          orderBy: { firstSeq: "asc" },
          take: CHUNKS_AT_ONCE,
        });
        if (chunks.length === 0) break;
        for (const { events, lastSeq } of chunks) {
          const steps = events.split("\n").filter((line) => !LOG_LINE.test(line));
          // Numbered anew: the reducer takes events without a gap only.
          state = reduceBuild(
            state,
            steps.map((line, index) => ({ ...(JSON.parse(line) as BuildEvent), seq: state.seq + index + 1 })),
          );
          seq = lastSeq;
        }
      }
      const { text, options } = toDetail(row);
      const context = row.contextId === null ? null : await manifest(row.contextId);
      const named = new Map<string, ContextManifest>();
      for (const [name, contextId] of attachedContexts(options.contexts)) {
        const known = await manifest(contextId);
        if (known) named.set(name, known);
      }
      return { text, options, state, context, named } satisfies RecordedBuild;
    },

    /** The build of the same document before that one, which got furthest: the last that succeeded, else the last. */
    async before(id: string): Promise<string | null> {
      const row = await db.build.findUnique({ where: { id }, select: { documentId: true, createdAt: true } });
      if (!row) return null;
      // What was imported left nothing in the cache of a host here.
      const where = { documentId: row.documentId, createdAt: { lt: row.createdAt }, imported: false };
      const orderBy = { createdAt: "desc" as const };
      const found =
        (await db.build.findFirst({
          where: { ...where, status: "succeeded" },
          orderBy,
          select: { id: true },
        })) ?? (await db.build.findFirst({ where, orderBy, select: { id: true } }));
      return found?.id ?? null;
    },

    /** The next events after `seq`; none where it was the last. */
    async read(id: string, seq: number): Promise<EventBatch[]> {
      const chunks = await db.buildChunk.findMany({
        where: { buildId: id, lastSeq: { gt: seq } },
        orderBy: { firstSeq: "asc" },
        take: CHUNKS_AT_ONCE,
      });
      return chunks.map(({ firstSeq, events }) => ({ firstSeq, lines: events.split("\n") }));
    },

    interrupt,

    /** Of a build that could not begin. */
    async drop(id: string): Promise<void> {
      await db.build.deleteMany({ where: { id } });
    },

    /** Ends every build that is not finished though nobody runs it, and says which: the server stopped in its midst. */
    async interruptUnfinished(): Promise<{ id: string; documentId: string; hostId: string | null }[]> {
      const rows = await db.build.findMany({
        where: { status: { in: UNFINISHED } },
      });
      for (const { id } of rows) await interrupt(id);
      return rows.map(toSummary).map(({ id, documentId, options }) => ({
        id,
        documentId,
        hostId: options.host,
      }));
    },

    async forgetOld(documentId: string): Promise<void> {
      const old = await db.build.findMany({
        where: { documentId, status: { notIn: UNFINISHED }, imported: false },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        skip: KEPT_BUILDS,
        select: { id: true },
      });
      if (old.length > 0) await db.build.deleteMany({ where: { id: { in: old.map((row) => row.id) } } });
    },
  };
}

export type Records = ReturnType<typeof createRecords>;

function tooManyImported(): Refusal {
  return new Refusal(
    "conflict",
    "too-many-imported",
    `This document keeps ${MAX_IMPORTED} imported builds already.`,
    "Import it into another document.",
  );
}

export function unknownBuild(): Refusal {
  return new Refusal(
    "notFound",
    "unknown-build",
    "There is no such build here.",
    "Choose one from the history.",
  );
}
