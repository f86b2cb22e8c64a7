/** One host, looked at when somebody asks and now and then by itself: what it is now, since when, and why. */
import type { HostView, KnownHost } from "../../../share/hosts";
import type { HostConnection } from "../host-connection";
import { createDialer } from "./dial";
import type { Candidate } from "./discovery";
import { Patience } from "./patience";
import { type Probe, probeFirst, type Reachable, type Remembered } from "./probe";
import type { SshEnvironment } from "./ssh/settings";

/** What was seen that recently is not looked at again, in milliseconds. */
const FRESH_MS = 3_000;
const READY_EVERY_MS = 30_000;
/** A host that is away is looked for soon, then ever more seldom. */
const AWAY_FIRST_MS = 1_000;
const AWAY_MOST_MS = 60_000;

export class HostError extends Error {
  constructor(
    readonly address: string,
    readonly reason: string,
    /** What it is called. */
    readonly host = "",
    /** It was there before, and may come back. */
    readonly seen = false,
  ) {
    super(address === "" ? reason : `The Docker host at ${address} cannot be reached. ${reason}`);
    this.name = "HostError";
  }
}

export class WatchedHost {
  private readonly found: Reachable[];
  private readonly remembered: Remembered = { abilities: new Map(), current: null };
  private latest: { probe: Promise<Probe>; result: Probe | null; endedAt: number } | null = null;
  private since = 0;
  private seen = false;
  private lastName: string | null = null;
  private failures = 0;
  private readonly patience = new Patience();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly waiting = new Set<() => void>();
  private closed = false;

  constructor(
    readonly id: string,
    private readonly source: KnownHost["source"],
    candidates: readonly Candidate[],
    environment: SshEnvironment,
  ) {
    this.found = candidates.map((candidate) => ({
      ...candidate,
      dialer: createDialer(candidate.endpoint, environment),
    }));
  }

  /** As it was when it was last looked at; looks where nobody has. */
  async known(): Promise<HostView> {
    return this.viewOf(this.latest?.result ?? (await this.probe(() => true)));
  }

  /** As it is, at most a moment ago; answers within 5 s. */
  async view(): Promise<HostView> {
    return this.viewOf(await this.probe(() => true));
  }

  async connect(): Promise<HostConnection> {
    // Whoever wants to build has perhaps just started the host: that it was gone is no answer.
    const latest = await this.probe(({ state }) => state === "ready");
    const gone = latest.state === "ready" && !(await latest.connection.api.answers());
    const result = gone ? await this.probe(() => false) : latest;
    if (result.state === "ready") return result.connection;
    if (result.state === "none") throw new HostError("", result.reason);
    throw new HostError(result.address, result.reason, this.lastName ?? result.name, this.seen);
  }

  /** Resolves when it has been looked at again, is closed, or the signal aborts. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener("abort", done);
      if (signal.aborted || this.closed) done();
    });
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.remembered.current?.api.close();
    for (const { dialer } of this.found) dialer.close();
    for (const done of [...this.waiting]) done();
  }

  private probe(accept: (result: Probe) => boolean): Promise<Probe> {
    const { latest } = this;
    if (latest && (!latest.result || (Date.now() - latest.endedAt < FRESH_MS && accept(latest.result)))) {
      return latest.probe;
    }
    clearTimeout(this.timer);
    const started = {
      probe: probeFirst(this.found, this.remembered).then((result) =>
        this.patience.judge(result, this.remembered.current),
      ),
      result: null as Probe | null,
      endedAt: 0,
    };
    this.latest = started;
    void started.probe.then((result) => {
      const before = latest?.result?.state;
      started.result = result;
      started.endedAt = Date.now();
      if (before !== result.state) this.since = started.endedAt;
      this.remembered.current = result.state === "ready" ? result.connection : null;
      this.seen ||= result.state === "ready";
      if (result.state === "ready") this.lastName = result.connection.name;
      this.failures = result.state === "ready" ? 0 : this.failures + 1;
      this.lookLater();
      for (const done of [...this.waiting]) done();
    });
    return started.probe;
  }

  private lookLater(): void {
    if (this.closed) return;
    const after = this.patience.waits
      ? AWAY_FIRST_MS
      : this.failures === 0
        ? READY_EVERY_MS
        : Math.min(AWAY_MOST_MS, AWAY_FIRST_MS * 2 ** Math.min(10, this.failures - 1));
    this.timer = setTimeout(() => void this.probe(() => false), after);
    this.timer.unref();
  }

  private viewOf(result: Probe): HostView {
    if (result.state === "none") return result;
    const { id, source, since } = this;
    if (result.state === "unreachable") {
      const { address, reason } = result;
      return {
        state: "unreachable",
        id,
        source,
        since,
        name: this.lastName ?? result.name,
        address,
        reason,
        seen: this.seen,
      };
    }
    const { name, address, engine, platform, platforms, store, disk, features } = result.connection;
    return {
      state: "ready",
      id,
      source,
      since,
      name,
      address,
      engine,
      platform,
      platforms,
      store,
      disk,
      features,
    };
  }
}
