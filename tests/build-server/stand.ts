/** The services on a folder and a database of their own, with a build host that a test commands. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BuildEvent, type BuildOptions, buildEventSchema, buildOptionsSchema } from "@/lib/build/events";
import { openArchives } from "@/lib/build/server/archives";
import { type Builds, openBuilds } from "@/lib/build/server/builds";
import { openContexts } from "@/lib/build/server/contexts";
import { openStageFiles } from "@/lib/build/server/files";
import { createGit } from "@/lib/build/server/git";
import { createImages } from "@/lib/build/server/images";
import { createPastBuilds } from "@/lib/build/server/past-builds";
import { createRegistries } from "@/lib/build/server/registry";
import { openRuns } from "@/lib/build/server/runs";
import { socketAgent } from "@/lib/build/server/ssh-agent/agent";
import { createTemplates } from "@/lib/build/server/templates";
import { readConfig } from "@/lib/config";
import { openDatabase } from "@/lib/db";
import type { Services } from "@/lib/http/services";
import { createDocuments } from "@/lib/share/server/documents";
import { createRevisions } from "@/lib/share/server/revisions";
import { createVisitors } from "@/lib/share/server/visitors";
import { FakeHost } from "./fake-host";

const ROOT = process.cwd();

export type Stand = Awaited<ReturnType<typeof openStand>>;

export async function openStand(environment: Record<string, string> = {}, folder = newFolder()) {
  const config = readConfig({ STAGECRAFT_DATA: folder, ...environment }, ROOT);
  const { db, close } = await openDatabase(config.databaseUrl, ROOT);
  const host = new FakeHost();
  const { privateGit } = config;
  const git = createGit(privateGit);
  const contexts = await openContexts(db, config.data, config.contextLimit, git, privateGit);
  const builds: Builds = await openBuilds({
    db,
    hosts: host.hosts,
    runBuild: host.runBuild,
    contextFiles: contexts.files,
    namedContexts: contexts.named,
    contextManifest: contexts.manifest,
    afterBuild: contexts.collect,
    lentAgent: config.buildSshAgent ? socketAgent(config.buildSshAgent) : null,
    parallel: config.parallelBuilds,
    limits: { minutes: config.buildMinutes, logBytes: config.logLimit },
    now: Date.now,
  });
  const revisions = createRevisions(db, Date.now);
  const services: Services = {
    config,
    documents: createDocuments(db, revisions),
    revisions,
    contexts,
    builds,
    archives: openArchives(host.hosts),
    hosts: host.hosts,
    pastBuilds: createPastBuilds({ db, contextManifest: contexts.manifest }),
    runs: openRuns(host.hosts),
    stageFiles: openStageFiles({
      db,
      hosts: host.hosts,
      contextOf: (id) => contexts.files(id).catch(() => null),
    }),
    images: createImages(
      host.hosts,
      createRegistries({ privateRegistries: config.privateRegistries, now: Date.now }),
    ),
    visitors: createVisitors(db),
    templates: createTemplates(join(ROOT, "examples")),
  };
  return {
    folder,
    db,
    host,
    services,
    ...services,
    /** As when the process is gone: nothing is ended or marked. */
    abandon: close,
    async close() {
      await builds.close();
      await close();
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "stagecraft-stand-"));
}

/** A visitor's document, made directly. */
export async function newDocument(stand: Stand, text = "FROM alpine\n") {
  const { visitor } = await stand.visitors.create();
  const { id } = await stand.documents.create(visitor, { text }, true);
  return { id, visitor };
}

export const OPTIONS: BuildOptions = buildOptionsSchema.parse({});

export const startBuild = async ({ builds, documents }: Stand, documentId: string, replace = false) =>
  builds.start(documentId, await documents.source(documentId), OPTIONS, replace);

/** All events of a build from a point on, until the stream ends. */
export async function readEvents(
  { builds }: Stand,
  id: string,
  after = 0,
  signal = new AbortController().signal,
): Promise<BuildEvent[]> {
  const events: BuildEvent[] = [];
  for await (const { lines } of builds.follow(id, after, signal)) {
    for (const line of lines) events.push(buildEventSchema.parse(JSON.parse(line)));
  }
  return events;
}

export const typesOf = (events: readonly BuildEvent[]) => events.map(({ type }) => type);
