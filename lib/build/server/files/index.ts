/**
 * The files of built stages: read from the host's image when somebody asks, one image of a host at a time; kept packed
 * beside the build and removed with it; held as a tree while they are looked at.
 */
import { setTimeout as timeout } from "node:timers/promises";
import type { Database } from "../../../db";
import type { BuildDetail } from "../../../share/answers";
import { isRefusal, Refusal } from "../../../share/refusal";
import { Serial } from "../../../share/server/serial";
import type { FilesEvent, FilesOverview, FilesPage, FilesQuery } from "../../files/wire";
import { attachedContexts } from "../../options";
import type { Hosts } from "../hosts";
import { connected } from "../hosts/connected";
import type { NamedFolders } from "../named-contexts";
import { packListing, unpackListing } from "./listing";
import { OpenedListing } from "./opened";
import { readStage } from "./read-stage";
import { type ContextFiles, imageGone } from "./stage-image";

/** Images that may be read or waited for, of all visitors. */
export const MAX_READINGS = 16;
/** Longer than the largest image takes over a slow line. */
const LONGEST_MS = 15 * 60_000;
/** Stages of a document's builds whose files stay known; reading one anew takes as long as the first time. */
const KEPT_LISTINGS = 20;
/** Entries of all listings that are held as trees. */
const MAX_HELD = 500_000;
const TELL_MS = 200;

export interface StageFiles {
  /**
   * Reads a stage's image from the host, unless that was done. Refuses before anything starts; what goes wrong later
   * is an event. Aborting `signal` ends it on the host.
   */
  read(build: BuildDetail, stage: number, signal: AbortSignal): Promise<AsyncGenerator<FilesEvent>>;
  /** Refuses where it was not read. */
  overview(buildId: string, stage: number): Promise<FilesOverview>;
  page(buildId: string, stage: number, query: FilesQuery): Promise<FilesPage>;
  close(): Promise<void>;
}

export interface StageFilesSetup {
  db: Database;
  hosts: Pick<Hosts, "connect">;
  /** The files of a context; null where they are not kept any more. */
  contextOf(contextId: string): Promise<ContextFiles | null>;
}

export function openStageFiles({ db, hosts, contextOf }: StageFilesSetup): StageFiles {
  const readings = new Set<Promise<unknown>>();
  const closing = new AbortController();
  const perHost = new Serial();
  /** By build and stage, the one used last at the end. */
  const held = new Map<string, OpenedListing>();

  function hold(key: string, opened: OpenedListing): OpenedListing {
    held.delete(key);
    held.set(key, opened);
    let entries = [...held.values()].reduce((sum, each) => sum + each.entries, 0);
    for (const [old, each] of held) {
      if (entries <= MAX_HELD || old === key) break;
      held.delete(old);
      entries -= each.entries;
    }
    return opened;
  }

  async function find(buildId: string, stage: number): Promise<OpenedListing | null> {
    const key = `${buildId} ${stage}`;
    const row = await db.stageFiles.findUnique({
      where: { buildId_stage: { buildId, stage } },
      select: held.has(key) ? { stage: true } : { listing: true },
    });
    if (!row) {
      held.delete(key);
      return null;
    }
    const known = held.get(key);
    if (known) return hold(key, known);
    const layers = await unpackListing((row as { listing: Uint8Array }).listing).catch(() => null);
    return layers && hold(key, new OpenedListing(layers));
  }

  async function opened(buildId: string, stage: number): Promise<OpenedListing> {
    const found = await find(buildId, stage);
    if (found) return found;
    throw new Refusal(
      "notFound",
      "files-not-read",
      "The files of this stage were not read yet.",
      `Ask for it: POST /api/builds/${buildId}/files/${stage}.`,
    );
  }

  async function keep(build: BuildDetail, stage: number, listing: Uint8Array<ArrayBuffer>): Promise<void> {
    const key = { buildId: build.id, stage };
    await db.stageFiles.upsert({
      where: { buildId_stage: key },
      create: { ...key, listing },
      update: { listing },
    });
    const old = await db.stageFiles.findMany({
      where: { build: { documentId: build.documentId } },
      orderBy: { createdAt: "desc" },
      skip: KEPT_LISTINGS,
      select: { buildId: true, stage: true },
    });
    for (const buildId_stage of old) await db.stageFiles.deleteMany({ where: buildId_stage });
  }

  async function context(buildId: string): Promise<ContextFiles | null> {
    const row = await db.build.findUnique({ where: { id: buildId }, select: { contextId: true } });
    if (!row?.contextId) return null;
    return kept(row.contextId, "the build context");
  }

  async function named({ options }: BuildDetail): Promise<NamedFolders> {
    const found = new Map<string, ContextFiles>();
    for (const [name, id] of attachedContexts(options.contexts))
      found.set(name, await kept(id, `the named context ${name}`));
    return found;
  }

  async function kept(contextId: string, what: string): Promise<ContextFiles> {
    const found = await contextOf(contextId);
    if (found) return found;
    throw imageGone(`The files of ${what} are not kept any more.`);
  }

  async function fetchListing(
    build: BuildDetail,
    stage: number,
    told: Told,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    if (await find(build.id, stage)) return;
    const host = await connected(hosts, build.options.host);
    told.event = { type: "reading", bytes: 0, total: 0 };
    const layers = await readStage(
      host,
      { build, stage, context: () => context(build.id), named: () => named(build) },
      (bytes, total) => {
        told.event = { type: "reading", bytes, total };
      },
      signal,
    );
    await keep(build, stage, await packListing(layers));
    hold(`${build.id} ${stage}`, new OpenedListing(layers));
  }

  return {
    async read(build, stage, signal) {
      if (build.endedAt === null) throw stillBuilding();
      if (readings.size >= MAX_READINGS) throw tooMany();
      const told: Told = { event: { type: "waiting" } };
      const leaving = new AbortController();
      const all = AbortSignal.any([signal, closing.signal, leaving.signal, AbortSignal.timeout(LONGEST_MS)]);
      const work = perHost
        .run(build.options.host ?? "", () => fetchListing(build, stage, told, all))
        .catch((error) => {
          // What fails because it was stopped, in whichever way, was stopped.
          all.throwIfAborted();
          throw error;
        });
      const settled = work.catch(() => {}).finally(() => readings.delete(settled));
      readings.add(settled);
      return tell(work, told, leaving);
    },
    overview: async (buildId, stage) => (await opened(buildId, stage)).overview,
    page: async (buildId, stage, query) => (await opened(buildId, stage)).page(query),
    async close() {
      closing.abort();
      await Promise.all(readings);
    },
  };
}

interface Told {
  event: FilesEvent;
}

/** What there is to tell, now and then; ends the work where nobody listens any more. */
async function* tell(work: Promise<void>, told: Told, leaving: AbortController): AsyncGenerator<FilesEvent> {
  const over = work.then(
    (): FilesEvent => ({ type: "ready" }),
    (error): FilesEvent => failure(error),
  );
  try {
    for (;;) {
      yield told.event;
      const last = await Promise.race([over, timeout(TELL_MS, null, { ref: false })]);
      if (!last) continue;
      yield last;
      return;
    }
  } finally {
    leaving.abort();
    await over;
  }
}

function failure(error: unknown): FilesEvent {
  if (isRefusal(error)) {
    const { code, message, hint } = error;
    return { type: "failed", code, message, ...(hint !== undefined && { hint }) };
  }
  if (error instanceof Error && (error.name === "AbortError" || error.name === "TimeoutError")) {
    return {
      type: "failed",
      code: "stopped",
      message: "Reading the files was stopped before its end.",
      hint: "Nothing was kept of it. Try again.",
    };
  }
  console.error("The files of a stage could not be read:", error);
  return {
    type: "failed",
    code: "host-failed",
    message: "The build host stopped sending the image.",
    hint: "Try again; if it happens again, the host’s own log has the reason.",
  };
}

const stillBuilding = () =>
  new Refusal(
    "conflict",
    "still-building",
    "The build has not ended yet.",
    "Its stages can be looked into when it has.",
  );

const tooMany = () =>
  new Refusal(
    "busy",
    "too-many-readings",
    `${MAX_READINGS} images are being read already.`,
    "Try again when some of them are through.",
  );
