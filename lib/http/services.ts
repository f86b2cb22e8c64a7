/**
 * What the routes work with. Made once by the server's entry and reached through globalThis, since Next bundles the
 * routes apart from it; routes take only types from the server folders.
 */
import type { Archives } from "../build/server/archives";
import type { Builds } from "../build/server/builds";
import type { Contexts } from "../build/server/contexts";
import type { StageFiles } from "../build/server/files";
import type { Hosts } from "../build/server/hosts";
import type { Images } from "../build/server/images";
import type { PastBuilds } from "../build/server/past-builds";
import type { Runs } from "../build/server/runs";
import type { Templates } from "../build/server/templates";
import type { Config } from "../config";
import type { Documents } from "../share/server/documents";
import type { Revisions } from "../share/server/revisions";
import type { Visitors } from "../share/server/visitors";

export interface Services {
  config: Config;
  documents: Documents;
  revisions: Revisions;
  contexts: Contexts;
  builds: Builds;
  archives: Archives;
  hosts: Hosts;
  pastBuilds: PastBuilds;
  runs: Runs;
  stageFiles: StageFiles;
  images: Images;
  visitors: Visitors;
  templates: Templates;
}

const KEY = Symbol.for("stagecraft.services");

export function services(): Services {
  const found = (globalThis as { [KEY]?: Services })[KEY];
  if (!found)
    throw new Error("The services are not there: start with server/main.ts, not with Next's own command.");
  return found;
}

export function provideServices(made: Services): void {
  (globalThis as { [KEY]?: Services })[KEY] = made;
}
