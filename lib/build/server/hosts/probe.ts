/** One look at a host: whether it answers, what it is, what it can do. */
import { type Abilities, NoBuildKitError, probeAbilities } from "../buildkit/features";
import { EngineApi } from "../engine-api";
import type { HostConnection } from "../host-connection";
import { displayAddress } from "./address";
import type { Dialer } from "./dial";
import type { Candidate } from "./discovery";
import { freeDisk } from "./disk";
import { unreachableReason } from "./unreachable";

/** A look at a host takes no longer, in milliseconds. */
export const PROBE_TIMEOUT_MS = 4_000;
/** Minor of the API version from which on an image of one platform among several can be asked for (1.48, Engine 28). */
const API_OF_PLATFORMS = 48;
/** How long what a host can do counts as known. */
const ABILITIES_MS = 5 * 60_000;
const NO_HOST =
  "No Docker host was found. Install and start Docker on this machine, or set DOCKER_HOST to the address of one, or choose a docker context (docker context use NAME), and start the server again.";

export type Reachable = Candidate & { dialer: Dialer };

export type Probe =
  | { state: "none"; reason: string }
  | {
      state: "unreachable";
      name: string;
      address: string;
      reason: string;
      /** It did not answer in time, which says less than a refusal. */
      slow: boolean;
    }
  | { state: "ready"; connection: HostConnection };

/** What stays between the looks at one host. */
export interface Remembered {
  /** By address and version; asked anew after a while, as somebody may have installed an emulator. */
  abilities: Map<string, { can: Abilities; askedAt: number }>;
  current: HostConnection | null;
}

/** The first host that answers; where none does, the first that there is something to say about. */
export async function probeFirst(found: readonly Reachable[], remembered: Remembered): Promise<Probe> {
  const probes = found.map(async (candidate): Promise<Probe | null> => {
    try {
      return { state: "ready", connection: await probeCandidate(candidate, remembered) };
    } catch (error) {
      const missing = (error as { code?: string } | null)?.code === "ENOENT";
      if (missing && !candidate.chosen) return null;
      const reason = error instanceof NoBuildKitError ? error.message : unreachableReason(error);
      return {
        state: "unreachable",
        name: candidate.name,
        address: displayAddress(candidate.address),
        reason,
        slow: (error as { code?: string } | null)?.code === "ETIMEDOUT",
      };
    }
  });
  const results = (await Promise.all(probes)).filter((result) => result !== null);
  return results.find(({ state }) => state === "ready") ?? results[0] ?? { state: "none", reason: NO_HOST };
}

async function probeCandidate(
  { name, address: given, endpoint, chosen, dialer }: Reachable,
  { abilities, current }: Remembered,
): Promise<HostConnection> {
  const address = displayAddress(given);
  const api = current?.address === address ? current.api : new EngineApi(dialer.dial);
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  try {
    const [info, version] = await within(signal, Promise.all([api.info(signal), api.version(signal)]));
    const known = `${address} ${version.Version}`;
    const before = abilities.get(known);
    const fresh = before && Date.now() - before.askedAt < ABILITIES_MS ? before.can : null;
    const [can, disk] = await within(
      signal,
      Promise.all([
        fresh ?? probeAbilities(dialer.dial, signal),
        freeDisk(endpoint, dialer, info.Name, info.DockerRootDir),
      ]),
    );
    if (!fresh) abilities.set(known, { can, askedAt: Date.now() });
    const store = storeOf(info);
    const platform = `${version.Os}/${version.Arch}`;
    // Only containerd's store keeps indexes of images, which is what both need.
    const indexes = store === "containerd";
    const knowsEach = Number(version.ApiVersion.split(".")[1]) >= API_OF_PLATFORMS;
    return {
      name: chosen && name !== "DOCKER_HOST" ? name : info.Name,
      address,
      engine: version.Version,
      platform,
      platforms: [...new Set([platform, ...can.platforms])],
      store,
      disk,
      features: { ...can.frontend, multiPlatform: indexes && knowsEach, cacheExport: indexes },
      api,
      dial: dialer.dial,
    };
  } catch (error) {
    if (api !== current?.api) api.close();
    if (signal.aborted) throw Object.assign(new Error("timeout"), { code: "ETIMEDOUT" });
    throw error;
  }
}

/** What waits for a connection that never comes does not hear the signal itself. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

/** "containerd" where images are kept in containerd's store, else the name of the graph driver. */
function storeOf(info: { Driver: string; DriverStatus: [string, string][] | null }): string {
  const containerd = info.DriverStatus?.some(([, value]) => value.startsWith("io.containerd.snapshotter"));
  return containerd ? "containerd" : info.Driver;
}
