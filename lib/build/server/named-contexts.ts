/** Fetches the named contexts that a build takes by address, one after the other, each told as a vertex of its own. */
import { createHash } from "node:crypto";
import { isRefusal } from "../../share/refusal";
import { isAddress, readRemoteSource } from "../context/remote-source";
import type { BuildEventBody, BuildOptions } from "../events";
import { UnbuildableError } from "./build-plan";
import type { ContextFolder } from "./contexts/folder";
import type { RemoteContexts } from "./contexts/remote";
import type { HostClock } from "./host-clock";

/** Files by the context's name. */
export type NamedFolders = ReadonlyMap<string, ContextFolder>;

interface Fetching {
  options: Pick<BuildOptions, "contexts">;
  remote: RemoteContexts | undefined;
  emit(body: BuildEventBody): void;
  signal: AbortSignal;
  clock: Pick<HostClock, "now">;
}

/** Hands them to `work`; they are there until it settles. What cannot be had is the build's failure. */
export async function withNamedContexts<T>(
  fetching: Fetching,
  work: (folders: NamedFolders) => Promise<T>,
): Promise<T> {
  const wanted = addressed(fetching.options);
  const next = (nth: number, folders: NamedFolders): Promise<T> => {
    const one = wanted[nth];
    if (one === undefined) return work(folders);
    return fetchOne(fetching, one, (files) => next(nth + 1, new Map([...folders, [one.name, files]])));
  };
  return next(0, new Map());
}

interface Addressed {
  name: string;
  address: string;
}

export const addressed = ({ contexts }: Pick<BuildOptions, "contexts">): Addressed[] =>
  Object.entries(contexts)
    .filter(([, source]) => isAddress(source))
    .map(([name, address]) => ({ name, address }));

async function fetchOne<T>(
  { remote, emit, signal, clock }: Fetching,
  { name, address }: Addressed,
  work: (files: ContextFolder) => Promise<T>,
): Promise<T> {
  const source = readRemoteSource(address);
  if (typeof source === "string" || remote === undefined) throw notFetched(name, String(source));
  const digest = `sha256:${createHash("sha256").update(`fetch ${name} ${address}`).digest("hex")}`;
  const vertex = { type: "vertex" as const, digest, name: `[context ${name}] fetching ${address}` };
  const started = clock.now();
  emit({ ...vertex, cached: false, started });
  let fetched = false;
  try {
    return await remote.during(source, signal, (files) => {
      fetched = true;
      emit({ ...vertex, cached: false, started, completed: clock.now() });
      return work(files);
    });
  } catch (error) {
    if (fetched) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    emit({ ...vertex, cached: false, started, completed: clock.now(), error: reason });
    throw isRefusal(error) ? notFetched(name, error.message, error.hint) : error;
  }
}

const notFetched = (name: string, reason: string, hint?: string) =>
  new UnbuildableError(
    `The named context ${name} could not be fetched: ${reason}`,
    hint ?? "Check its address in the build options.",
  );
