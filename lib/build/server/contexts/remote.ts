/** What a build takes by address as a named context: fetched when the build begins, gone when it is over. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isRefusal } from "../../../share/refusal";
import type { RemoteSource } from "../../context/remote-source";
import type { Git } from "../git";
import { type ContextLimits, Intake } from "./archive/intake";
import { receiveArchive } from "./archive/receive";
import type { Staging } from "./blobs";
import { download } from "./download";
import type { StoredEntry } from "./entries";
import { ContextFolder } from "./folder";

/** How often a fetch is asked for again while the server has others under way. */
const AGAIN_MS = 500;

export interface RemoteContexts {
  /** Hands the files of one address to `work`, as they are now; they are there until it settles. Throws a Refusal. */
  during<T>(
    source: RemoteSource,
    signal: AbortSignal,
    work: (files: ContextFolder) => Promise<T>,
  ): Promise<T>;
}

interface Setup {
  git: Git;
  limits: ContextLimits;
  /** Bytes that may be sent. */
  packed: number;
  /** Hosts that may have a private address. */
  privateHosts: readonly string[];
  /** A place for contents while `work` takes them in; gone afterwards. */
  receive<T>(work: (staging: Staging, folder: string) => Promise<T>): Promise<T>;
}

export function createRemoteContexts({ git, limits, packed, privateHosts, receive }: Setup): RemoteContexts {
  async function fetch(source: RemoteSource, staging: Staging, folder: string, signal: AbortSignal) {
    const intake = new Intake(staging, limits, signal);
    if (source.kind === "archive") {
      const body = download(source.url, privateHosts, signal);
      return receiveArchive(body, intake, { folder, limit: packed, signal });
    }
    const repository = join(folder, "repository.git");
    await mkdir(repository);
    await inTurn(() => git.fetch(source.source, repository, intake, packed, signal), signal);
    return intake.finish();
  }
  return {
    during: (source, signal, work) =>
      receive(async (staging, folder) =>
        work(filesOf(await fetch(source, staging, folder, signal), staging)),
      ),
  };
}

/** A build waits for its turn, where a person would be told to try again. */
async function inTurn<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isRefusal(error) || error.code !== "fetches-full") throw error;
      await wait(AGAIN_MS, undefined, { signal });
    }
  }
}

const filesOf = (entries: readonly StoredEntry[], staging: Staging): ContextFolder =>
  new ContextFolder(
    entries.map(({ blob, ...entry }) => (blob ? { ...entry, content: join(staging.folder, blob) } : entry)),
  );
