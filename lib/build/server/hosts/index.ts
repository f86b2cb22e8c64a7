/** The Docker host that builds run on: found, asked what it can do, watched. */
import type { HostView } from "../../../share/document";
import { NoBuildKitError, probeFeatures } from "../buildkit/features";
import { EngineApi } from "../engine-api";
import type { HostConnection, HostFeatures } from "../host-connection";
import { displayAddress } from "./address";
import { createDialer, type Dialer } from "./dial";
import { type Candidate, candidates, type HostEnvironment } from "./discovery";
import { unreachableReason } from "./unreachable";

export type { HostConnection } from "../host-connection";
export type { HostEnvironment } from "./discovery";

export interface Hosts {
  /** How the host is now; answers within 5 s, and asks it at most every few seconds. */
  view(): Promise<HostView>;
  /** The host, ready to build on; throws a HostError within 5 s where there is none. */
  connect(): Promise<HostConnection>;
  close(): void;
}

export class HostError extends Error {
  constructor(
    readonly address: string,
    readonly reason: string,
  ) {
    super(address === "" ? reason : `The Docker host at ${address} cannot be reached. ${reason}`);
    this.name = "HostError";
  }
}

/** A host is given up after this time, in milliseconds. */
export const PROBE_TIMEOUT_MS = 4_000;
const PROBE_AGAIN_MS = 3_000;
const NO_HOST =
  "No Docker host was found. Install and start Docker on this machine, or set DOCKER_HOST to the address of one, or choose a docker context (docker context use NAME), and start the server again.";

export function createHosts(environment: HostEnvironment): Hosts {
  const found = candidates(environment).map((candidate) => ({
    ...candidate,
    dialer: createDialer(candidate.endpoint, environment),
  }));
  const features = new Map<string, HostFeatures>();
  let latest: { probe: Promise<Probe>; result: Probe | null; endedAt: number } | null = null;
  let current: HostConnection | null = null;

  function probe(accept: (result: Probe) => boolean): Promise<Probe> {
    if (
      latest &&
      (!latest.result || (Date.now() - latest.endedAt < PROBE_AGAIN_MS && accept(latest.result)))
    ) {
      return latest.probe;
    }
    const started = { probe: probeFirst(found, features, current), result: null as Probe | null, endedAt: 0 };
    latest = started;
    void started.probe.then((result) => {
      started.result = result;
      started.endedAt = Date.now();
      current = result.state === "ready" ? result.connection : null;
    });
    return started.probe;
  }

  return {
    async view() {
      const result = await probe(() => true);
      if (result.state !== "ready") return result;
      const { name, address, engine, platform, store, features } = result.connection;
      return { state: "ready", name, address, engine, platform, store, features };
    },
    async connect() {
      // Whoever wants to build has perhaps just started the host: that it was gone is no answer.
      const result = await probe(({ state }) => state === "ready");
      if (result.state === "ready") return result.connection;
      throw new HostError(result.state === "none" ? "" : result.address, result.reason);
    },
    close() {
      current?.api.close();
      for (const { dialer } of found) dialer.close();
    },
  };
}

type Reachable = Candidate & { dialer: Dialer };
type Probe = Exclude<HostView, { state: "ready" }> | { state: "ready"; connection: HostConnection };

/** The first host that answers; where none does, the first that there is something to say about. */
async function probeFirst(
  found: readonly Reachable[],
  features: Map<string, HostFeatures>,
  current: HostConnection | null,
): Promise<Probe> {
  const probes = found.map(async (candidate): Promise<Probe | null> => {
    try {
      return { state: "ready", connection: await probeCandidate(candidate, features, current) };
    } catch (error) {
      const missing = (error as { code?: string } | null)?.code === "ENOENT";
      if (missing && !candidate.chosen) return null;
      const reason = error instanceof NoBuildKitError ? error.message : unreachableReason(error);
      return {
        state: "unreachable",
        name: candidate.name,
        address: displayAddress(candidate.address),
        reason,
      };
    }
  });
  const results = (await Promise.all(probes)).filter((result) => result !== null);
  return results.find(({ state }) => state === "ready") ?? results[0] ?? { state: "none", reason: NO_HOST };
}

async function probeCandidate(
  candidate: Reachable,
  features: Map<string, HostFeatures>,
  current: HostConnection | null,
): Promise<HostConnection> {
  const address = displayAddress(candidate.address);
  const dialHost = candidate.dialer.dial;
  const api = current?.address === address ? current.api : new EngineApi(dialHost);
  const signal = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  try {
    const [info, version] = await Promise.all([api.info(signal), api.version(signal)]);
    const known = `${address} ${version.Version}`;
    const can = features.get(known) ?? (await probeFeatures(dialHost, signal));
    features.set(known, can);
    return {
      name: candidate.chosen && candidate.name !== "DOCKER_HOST" ? candidate.name : info.Name,
      address,
      engine: version.Version,
      platform: `${version.Os}/${version.Arch}`,
      store: storeOf(info),
      features: can,
      api,
      dial: dialHost,
    };
  } catch (error) {
    if (api !== current?.api) api.close();
    if (signal.aborted) throw Object.assign(new Error("timeout"), { code: "ETIMEDOUT" });
    throw error;
  }
}

/** "containerd" where images are kept in containerd's store, else the name of the graph driver. */
function storeOf(info: { Driver: string; DriverStatus: [string, string][] | null }): string {
  const containerd = info.DriverStatus?.some(([, value]) => value.startsWith("io.containerd.snapshotter"));
  return containerd ? "containerd" : info.Driver;
}
