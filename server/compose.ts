/** Puts the services together, and takes them apart again in the right order. */
import { join } from "node:path";
import { openArchives } from "@/lib/build/server/archives";
import { openBuilds } from "@/lib/build/server/builds";
import { openContexts } from "@/lib/build/server/contexts";
import { dockerCredentials, NO_CREDENTIALS } from "@/lib/build/server/credentials";
import { openStageFiles } from "@/lib/build/server/files";
import { createGit } from "@/lib/build/server/git";
import { createHosts, type HostEnvironment } from "@/lib/build/server/hosts";
import type { HostsFile } from "@/lib/build/server/hosts/settings";
import { createImages } from "@/lib/build/server/images";
import { createPastBuilds } from "@/lib/build/server/past-builds";
import { createRegistries } from "@/lib/build/server/registry";
import { runBuild } from "@/lib/build/server/runner";
import { openRuns } from "@/lib/build/server/runs";
import { socketAgent } from "@/lib/build/server/ssh-agent/agent";
import { createTemplates } from "@/lib/build/server/templates";
import type { Config } from "@/lib/config";
import { openDatabase } from "@/lib/db";
import type { Services } from "@/lib/http/services";
import { createDocuments } from "@/lib/share/server/documents";
import { createRevisions } from "@/lib/share/server/revisions";
import { createVisitors } from "@/lib/share/server/visitors";

export interface Composition {
  services: Services;
  /** Stops the builds on their hosts, marks them, and writes what is not yet written. */
  close(): Promise<void>;
}

/** `file` is what the operator's hosts file says. */
export async function compose(
  config: Config,
  docker: HostEnvironment,
  file: HostsFile | undefined,
): Promise<Composition> {
  const { db, close: closeDatabase } = await openDatabase(config.databaseUrl, config.root);
  const { privateGit } = config;
  const git = createGit(privateGit);
  const contexts = await openContexts(db, config.data, config.contextLimit, git, privateGit);
  const hosts = createHosts(docker, {
    file,
    kept: join(config.data, "hosts.json"),
  });
  const credentials = config.registryLogins
    ? dockerCredentials(docker.dockerConfig ?? join(docker.home, ".docker"))
    : NO_CREDENTIALS;
  const builds = await openBuilds({
    db,
    hosts,
    runBuild(host, request, tell, signal) {
      return runBuild(host, { ...request, credentials, remote: contexts.remote }, tell, signal);
    },
    contextFiles: contexts.files,
    namedContexts: contexts.named,
    contextManifest: contexts.manifest,
    afterBuild: contexts.collect,
    lentAgent: config.buildSshAgent ? socketAgent(config.buildSshAgent) : null,
    parallel: config.parallelBuilds,
    limits: { minutes: config.buildMinutes, logBytes: config.logLimit },
    now: Date.now,
  });
  const runs = openRuns(hosts);
  const stageFiles = openStageFiles({
    db,
    hosts,
    contextOf: (id) => contexts.files(id).catch(() => null),
  });
  const revisions = createRevisions(db, Date.now);
  return {
    services: {
      config,
      documents: createDocuments(db, revisions),
      revisions,
      contexts,
      builds,
      archives: openArchives(hosts),
      hosts,
      pastBuilds: createPastBuilds({ db, contextManifest: contexts.manifest }),
      runs,
      stageFiles,
      images: createImages(
        hosts,
        createRegistries({ privateRegistries: config.privateRegistries, now: Date.now }),
      ),
      visitors: createVisitors(db),
      templates: createTemplates(join(config.root, "examples")),
    },
    async close() {
      await runs.close();
      await stageFiles.close();
      await builds.close();
      hosts.close();
      await closeDatabase();
    },
  };
}
