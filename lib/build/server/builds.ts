/** Builds of all documents: begun, waited for in a queue, followed, stopped. One at a time for each document. */
import type { Readable } from "node:stream";
import type { Database } from "../../db";
import type { BuildDetail } from "../../share/answers";
import type { BuildSummary } from "../../share/document";
import { closeFile } from "../../share/file-format";
import { Refusal } from "../../share/refusal";
import type { DocumentSource } from "../../share/server/documents";
import { Serial } from "../../share/server/serial";
import type { BuildOptions } from "../events";
import { DEFAULT_SSH_ID, type GivenValues } from "../options";
import { type ContextManifest, type StepReason, whyItRan } from "../why";
import { removeImages } from "./build-images";
import type { SshAgents } from "./buildkit/ssh-forward";
import type { ContextFolder } from "./contexts/folder";
import type { EngineApi } from "./engine-api";
import { follow } from "./follow";
import type { Hosts } from "./hosts";
import type { BuildLimits } from "./limits";
import type { NamedFolders } from "./named-contexts";
import { MAX_QUEUE, Queues } from "./queues";
import { readRecord } from "./record-file/read";
import { writeRecord } from "./record-file/write";
import { type EventBatch, Recorder } from "./recorder";
import { createRecords, INTERRUPTED, unknownBuild } from "./records";
import { UNFINISHED } from "./rows";
import type { BuildRequest, runBuild } from "./runner";
import { RunningBuild } from "./running-build";
import type { SshAgent } from "./ssh-agent/agent";
import { agentsOfKeys } from "./ssh-agent/keys";

export type { EventBatch } from "./recorder";

export interface Builds {
  /**
   * Refuses while another build of the document is unfinished, unless that is to be replaced, and where its host is
   * not there; one that was there before it waits for.
   */
  start(
    documentId: string,
    source: DocumentSource,
    options: BuildOptions,
    replace: boolean,
    /** Values by id; held until the build is over, kept nowhere. */
    given?: GivenForBuild,
  ): Promise<BuildSummary>;
  /** Newest first. */
  list(documentId: string): Promise<BuildSummary[]>;
  get(id: string): Promise<BuildDetail>;
  /** A build that is over, as one file. */
  record(build: BuildDetail): Readable;
  /** Adds the build that such a file holds to a document, to be looked at. Refuses what does not fit. */
  takeRecord(documentId: string, packed: Uint8Array): Promise<BuildSummary>;
  /** Why each step of a build ran, compared with the build before it. */
  why(id: string): Promise<StepReason[]>;
  /** All events after `seq` to the end of the build, as they come; ends early when the signal aborts. */
  follow(id: string, seq: number, signal: AbortSignal): AsyncIterable<EventBatch>;
  /** Asks the build to stop; its `finished` event tells when it has. Nothing happens to one that is finished. */
  cancel(id: string): void;
  /** Builds that run on a host, and those in line for it. */
  load(hostId: string): { running: number; waiting: number };
  /** Stops what is unfinished of a document, and takes what its builds left off the host. */
  discard(documentId: string): Promise<void>;
  /** Stops everything, marks it interrupted, and takes nothing more. */
  close(): Promise<void>;
}

export interface GivenForBuild {
  secrets?: BuildRequest["secrets"];
  /** Private keys; refuses what is none. Read here: routes are bundled apart, with an ssh library of their own. */
  sshKeys?: GivenValues["sshKeys"];
}

export interface BuildsSetup {
  db: Database;
  hosts: Pick<Hosts, "connect" | "view" | "changed" | "bound" | "list">;
  runBuild: typeof runBuild;
  /** The files of a context. */
  contextFiles(contextId: string): Promise<ContextFolder>;
  /** The files that a build takes by name, of those that were sent for its document; refuses what was not. */
  namedContexts(documentId: string, contexts: BuildOptions["contexts"]): Promise<NamedFolders>;
  /** What was in a context, by hash; null where that is not known any more. */
  contextManifest(contextId: string): Promise<ContextManifest | null>;
  /** Called after each build, as its context may not be needed any more. */
  afterBuild(): Promise<void>;
  /** The ssh agent that a build may be lent where it asks for it; null where nobody wants that. */
  lentAgent: SshAgent | null;
  /** Builds at once on a host that says nothing else. */
  parallel: number;
  limits: BuildLimits;
  now(): number;
}

/** Does its best: a host that cannot be reached keeps what was left on it. */
async function cleanHost(
  hosts: BuildsSetup["hosts"],
  hostId: string | null,
  clean: (api: EngineApi) => Promise<void>,
): Promise<void> {
  try {
    await clean((await hosts.connect(hostId)).api);
  } catch (error) {
    console.error("Images of builds that are over stay on the host:", error);
  }
}

/** First marks what an earlier run of the server left unfinished. */
export async function openBuilds(setup: BuildsSetup): Promise<Builds> {
  const records = createRecords(setup.db, setup.now);
  for (const { id, documentId, hostId } of await records.interruptUnfinished()) {
    void cleanHost(setup.hosts, hostId, (api) => removeImages(api, documentId, id));
  }

  const unfinished = new Map<string, RunningBuild>();
  const queues = new Queues((host) => setup.hosts.bound(host) ?? setup.parallel);
  const settling = new Set<Promise<void>>();
  const starts = new Serial();
  const imports = new Serial();
  let closing = false;

  /** What is to be done once it has ended. Never rejects. */
  function settle(build: RunningBuild): void {
    const done = afterwards(build)
      .catch((error) => console.error(`After build ${build.id}:`, error))
      .finally(() => settling.delete(done));
    settling.add(done);
  }

  async function afterwards(build: RunningBuild): Promise<void> {
    await build.ended;
    if (build.recorder.failure) await records.interrupt(build.id).catch((error) => console.error(error));
    unfinished.delete(build.id);
    // Tidying can wait for the next start.
    if (closing) return;
    await records.forgetOld(build.documentId);
    await setup.afterBuild();
  }

  function stop(build: RunningBuild): void {
    queues.remove(build);
    build.stop();
  }

  function of(documentId: string): RunningBuild[] {
    return [...unfinished.values()].filter((build) => build.documentId === documentId);
  }

  const filesOf = async (contextId: string | null) =>
    contextId === null ? null : await setup.contextFiles(contextId);

  async function stopAll(documentId: string): Promise<void> {
    const builds = of(documentId);
    builds.forEach(stop);
    await Promise.all(builds.map((build) => build.ended));
  }

  return {
    start: (documentId, source, chosen, replace, { secrets, sshKeys } = {}) =>
      starts.run(documentId, async () => {
        const given = sshKeys && (await agentsOfKeys(sshKeys));
        const ssh = chosen.sshAgent ? withLentAgent(given, setup.lentAgent) : given;
        if (closing)
          throw new Refusal("unavailable", "stopping", "The server is being stopped.", "Try again soon.");
        // One that only weighs what it has built makes room.
        const other = of(documentId).find(({ recorder }) => !recorder.finished && !recorder.built);
        if (other && !replace) throw alreadyBuilding(other.id);
        const host = await requireHost(setup.hosts, chosen.host);
        if (queues.isFull(host.id)) throw queueIsFull(host.name);
        const options = { ...chosen, host: host.id };
        const attached = await setup.namedContexts(documentId, options.contexts);
        await stopAll(documentId);
        const { summary, contextId } = await records.create(documentId, source, options);
        // Kept for the build from here on, and not to be lost between two questions.
        const context = await filesOf(contextId).catch(async (error) => {
          await records.drop(summary.id);
          throw error;
        });
        const request: BuildRequest = {
          id: summary.id,
          document: documentId,
          dockerfile: closeFile(source.text, source.format),
          context,
          options,
          attached,
          ...(secrets && { secrets }),
          ...(ssh && { ssh }),
        };
        const recorder = new Recorder(setup.db, summary.id, setup.now, (error) => {
          console.error(`Build ${summary.id} cannot be recorded any further:`, error);
          build.stop();
        });
        const build = new RunningBuild(documentId, host, request, recorder, setup);
        unfinished.set(build.id, build);
        settle(build);
        queues.add(build);
        return summary;
      }),

    list: (documentId) => records.list(documentId),
    get: (id) => records.get(id),
    record(build) {
      if (UNFINISHED.includes(build.status)) throw notOver();
      return writeRecord(build, records);
    },
    takeRecord: (documentId, packed) =>
      // One at a time: each is held in memory as it was sent.
      imports.run("", () => readRecord(packed, (record) => records.take(documentId, record))),
    async why(id) {
      // What made it run was somewhere else.
      if ((await records.get(id)).imported) return [];
      const build = await records.recorded(id, setup.contextManifest);
      if (!build) throw unknownBuild();
      const before = await records.before(id);
      return whyItRan(build, before === null ? null : await records.recorded(before, setup.contextManifest));
    },
    follow: (id, seq, signal) => follow(records, (build) => unfinished.get(build)?.recorder, id, seq, signal),

    cancel(id) {
      const build = unfinished.get(id);
      if (build) stop(build);
    },

    load: (hostId) => queues.load(hostId),

    async discard(documentId) {
      // In turn: one that is just beginning is to be stopped too.
      await starts.run(documentId, () => stopAll(documentId));
      // Not waited for: a host that is away must not keep anybody from deleting a document.
      void setup.hosts.list().then(({ hosts }) => {
        for (const { id, state } of hosts)
          if (state === "ready") void cleanHost(setup.hosts, id, (api) => removeImages(api, documentId));
      });
    },

    async close() {
      closing = true;
      queues.close();
      const builds = [...unfinished.values()];
      for (const build of builds) {
        queues.remove(build);
        build.stopAs(INTERRUPTED);
      }
      await Promise.all(settling);
    },
  };
}

/** A key that was given goes before. */
function withLentAgent(given: SshAgents | undefined, lent: SshAgent | null): SshAgents {
  if (lent) return new Map([[DEFAULT_SSH_ID, lent], ...(given ?? [])]);
  throw new Refusal(
    "conflict",
    "no-ssh-agent",
    "This server lends builds no ssh agent.",
    "Give an ssh key for the build instead, or ask whoever runs the server to set STAGECRAFT_BUILD_SSH_AGENT.",
  );
}

function notOver(): Refusal {
  return new Refusal("conflict", "build-not-over", "This build has not ended yet.", "Export it once it has.");
}

function alreadyBuilding(id: string): Refusal {
  return new Refusal(
    "conflict",
    "already-building",
    "A build of this document is still running.",
    "Stop it first, or wait until it has finished.",
    { build: id },
  );
}

/** A host that a build can go to: one that is there, or was and is waited for. */
async function requireHost(hosts: BuildsSetup["hosts"], id: string | null) {
  const host = await hosts.view(id);
  if (host.state === "ready" || (host.state === "unreachable" && host.seen)) return host;
  throw new Refusal(
    "unavailable",
    `host-${host.state}`,
    host.state === "unreachable"
      ? `The Docker host at ${host.address} cannot be reached. ${host.reason}`
      : host.reason,
    "Nothing was built. Try again once it answers, or choose another host.",
  );
}

function queueIsFull(host: string): Refusal {
  return new Refusal(
    "busy",
    "queue-full",
    `${MAX_QUEUE} builds are already waiting for ${host}.`,
    "Try again when some of them have finished.",
  );
}
