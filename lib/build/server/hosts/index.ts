/** The Docker hosts that builds run on: found, set up by file or on the page, watched. */
import {
  DOCKERS_OWN,
  type HostChange,
  type HostSetting,
  type HostView,
  type KnownHost,
  MAX_HOSTS,
} from "../../../share/hosts";
import { Refusal } from "../../../share/refusal";
import type { HostConnection } from "../host-connection";
import { parseAddress } from "./address";
import { type Candidate, candidates, type HostEnvironment, readTls } from "./discovery";
import { readKept, writeKept } from "./kept";
import { changed, type HostsFile, type KeptHost, type KeptHosts, resolved, settingProblem } from "./settings";
import { HostError, WatchedHost } from "./watched-host";

export type { HostConnection } from "../host-connection";
export type { HostEnvironment } from "./discovery";
export { PROBE_TIMEOUT_MS } from "./probe";
export { HostError } from "./watched-host";

/** Where a host is asked for by its id, none is the server's default. */
export interface Hosts {
  /** All that there are, as they were when last looked at, and the id of the default. */
  list(): Promise<{ hosts: KnownHost[]; default: string | null; reason: string | null }>;
  /** How a host is now; answers within 5 s, and asks it at most every few seconds. */
  view(id?: string | null): Promise<HostView>;
  /** Ready to build on; throws a HostError within 5 s where it is not. */
  connect(id?: string | null): Promise<HostConnection>;
  /** Resolves when a host has been looked at again, is gone for good, or the signal aborts. */
  changed(id: string | null, signal: AbortSignal): Promise<void>;
  /** Builds at once, where that was set up. */
  bound(id: string): number | undefined;
  /** Tells how a host that is not set up (yet) answers. */
  test(setting: HostSetting): Promise<HostView>;
  add(setting: HostSetting): Promise<KnownHost>;
  /** Another name, address or key, of what was added on the page; its id stays. */
  edit(id: string, change: HostChange): Promise<KnownHost>;
  /** Only of what was added on the page. */
  remove(id: string): void;
  setDefault(id: string): void;
  close(): void;
}

export interface HostsSetup {
  /** What the operator's file says. */
  file?: HostsFile | undefined;
  /** Where hosts that are added on the page are kept; without, they last as long as the server. */
  kept?: string | undefined;
}

interface Entry {
  name: string;
  watched: WatchedHost;
  source: KnownHost["source"];
  builds: number | undefined;
}

export function createHosts(environment: HostEnvironment, { file, kept: keptFile }: HostsSetup = {}): Hosts {
  const entries = new Map<string, Entry>();
  const own = new WatchedHost(DOCKERS_OWN, "docker", candidates(environment), environment);
  let kept: KeptHosts = keptFile === undefined ? { hosts: [] } : readKept(keptFile);

  const watch = (setting: KeptHost, source: KnownHost["source"]) =>
    new WatchedHost(idOf(setting), source, [candidateOf(setting)], { ...environment, identity: setting.key });
  const enter = (setting: KeptHost, source: KnownHost["source"]) => {
    const { name, builds } = setting;
    entries.set(idOf(setting), { name, watched: watch(setting, source), source, builds });
  };
  entries.set(DOCKERS_OWN, { name: DOCKERS_OWN, watched: own, source: "docker", builds: undefined });
  for (const setting of file?.hosts ?? []) enter(setting, "file");
  // A name that the operator's file took meanwhile is the file's.
  for (const setting of kept.hosts) if (!entries.has(idOf(setting))) enter(setting, "page");

  const keep = (next: KeptHosts) => {
    if (keptFile !== undefined) writeKept(keptFile, next);
    kept = next;
  };

  /** Docker's own host counts only where docker has one. */
  async function defaultId(): Promise<string | null> {
    const named = [kept.default, file?.default, file?.hosts[0]?.name].find(
      (id) => id !== undefined && entries.has(id),
    );
    if (named !== undefined) return named;
    const others = [...entries.keys()].filter((id) => id !== DOCKERS_OWN);
    if (others.length === 0) return DOCKERS_OWN;
    return (await own.known()).state === "none" ? others[0]! : DOCKERS_OWN;
  }

  async function find(id: string | null | undefined): Promise<WatchedHost | null> {
    return entries.get(id ?? (await defaultId()) ?? DOCKERS_OWN)?.watched ?? null;
  }

  const known = (id: string): Entry => {
    const entry = entries.get(id);
    if (!entry) throw new Refusal("notFound", "unknown-host", goneReason(id), "Choose another host.");
    return entry;
  };

  const ofPage = (id: string): Entry => {
    const entry = known(id);
    if (entry.source === "page") return entry;
    throw new Refusal(
      "conflict",
      "host-of-operator",
      `${id} was set up by whoever runs this server.`,
      "It is changed where it came from: the hosts file, or docker’s own settings.",
    );
  };

  /** By a host other than `own`: no two look the same on the page, and no name is another's id. */
  const refuseTaken = (name: string, own?: string): void => {
    const taken = [...entries].some(([id, entry]) => id !== own && (id === name || entry.name === name));
    if (!taken) return;
    const message = `There is a host ${name} already.`;
    throw new Refusal("conflict", "host-exists", message, "Give it another name.");
  };

  return {
    async list() {
      const views = await Promise.all([...entries.values()].map(({ watched }) => watched.known()));
      const hosts = views.filter((view) => view.state !== "none");
      const none = views.find((view) => view.state === "none");
      return {
        hosts,
        default: hosts.length === 0 ? null : await defaultId(),
        reason: hosts.length === 0 ? (none?.reason ?? null) : null,
      };
    },
    async view(id) {
      return (await find(id))?.view() ?? { state: "none", reason: goneReason(id!) };
    },
    async connect(id) {
      const watched = await find(id);
      if (!watched) throw new HostError("", goneReason(id!));
      return watched.connect();
    },
    async changed(id, signal) {
      await (await find(id))?.changed(signal);
    },
    bound: (id) => entries.get(id)?.builds,
    async test(setting) {
      const watched = watch(checked(setting), "page");
      try {
        return await watched.view();
      } finally {
        watched.close();
      }
    },
    async add(given) {
      const setting = checked(given);
      refuseTaken(setting.name);
      if (entries.size >= MAX_HOSTS)
        throw new Refusal(
          "busy",
          "too-many-hosts",
          `There are ${MAX_HOSTS} hosts already.`,
          "Remove one first.",
        );
      keep({ ...kept, hosts: [...kept.hosts, setting] });
      enter(setting, "page");
      return (await entries.get(setting.name)!.watched.view()) as KnownHost;
    },
    async edit(id, change) {
      const { watched, name } = ofPage(id);
      const before = kept.hosts.find((setting) => idOf(setting) === id)!;
      const setting = checked(changed(before, change));
      if (setting.name !== name) refuseTaken(setting.name, id);
      const next = setting.name === id ? setting : { ...setting, id };
      keep({ ...kept, hosts: kept.hosts.map((each) => (each === before ? next : each)) });
      enter(next, "page");
      watched.close();
      return (await entries.get(id)!.watched.view()) as KnownHost;
    },
    remove(id) {
      const { watched } = ofPage(id);
      const { default: chosen, hosts } = kept;
      keep({
        ...(chosen !== undefined && chosen !== id && { default: chosen }),
        hosts: hosts.filter((setting) => idOf(setting) !== id),
      });
      entries.delete(id);
      watched.close();
    },
    setDefault(id) {
      known(id);
      keep({ ...kept, default: id });
    },
    close() {
      for (const { watched } of entries.values()) watched.close();
    },
  };
}

const idOf = ({ id, name }: KeptHost): string => id ?? name;

const goneReason = (id: string) => `There is no build host ${id} here any more.`;

function candidateOf({ name, address, certificates }: HostSetting): Candidate {
  const tls = certificates === undefined ? null : readTls(certificates, true);
  return { name, address, endpoint: parseAddress(address, tls), chosen: true };
}

/** Throws a Refusal that names the field. */
function checked<Setting extends HostSetting>(setting: Setting): Setting {
  const problem = settingProblem(setting);
  if (!problem) return resolved(setting, "/");
  throw new Refusal("invalid", "bad-host", problem.message, undefined, { field: problem.field });
}
