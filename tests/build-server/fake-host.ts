/** A build host that does what a test tells it to. */
import type { BuildEventBody } from "@/lib/build/events";
import type { EngineApi } from "@/lib/build/server/engine-api";
import type { HostConnection } from "@/lib/build/server/host-connection";
import type { Hosts } from "@/lib/build/server/hosts";
import type { BuildRequest, runBuild } from "@/lib/build/server/runner";
import type { HostView } from "@/lib/share/hosts";

export interface FakeRun {
  request: BuildRequest;
  signal: AbortSignal;
  emit(body: BuildEventBody): void;
  /** Ends the run with this as its last event. */
  finish(status: "succeeded" | "failed" | "canceled"): void;
  /** Ends the run without a last event. */
  leave(error?: Error): void;
}

export const STARTED: BuildEventBody = {
  type: "started",
  host: { name: "fake", engine: "28.5.2", platform: "linux/amd64" },
};

export const READY: Extract<HostView, { state: "ready" }> = {
  state: "ready",
  id: "fake",
  source: "docker",
  since: 0,
  name: "fake",
  address: "unix:///fake.sock",
  engine: "28.5.2",
  platform: "linux/amd64",
  platforms: ["linux/amd64"],
  store: "overlay2",
  disk: null,
  features: { heredoc: true, copyLink: true, checks: true, multiPlatform: false, cacheExport: false },
};

export const AWAY: Extract<HostView, { state: "unreachable" }> = {
  state: "unreachable",
  id: "fake",
  source: "docker",
  since: 0,
  seen: true,
  name: "fake",
  address: "tcp://build:2376",
  reason: "Nothing answers there.",
};

export function log(text: string, vertex = "sha256:v", stream: 1 | 2 = 1): BuildEventBody {
  return { type: "log", vertex, stream, text };
}

/** There is this one host, whatever anybody wishes. */
const notHere = () => {
  throw new Error("The fake host stays alone.");
};

export class FakeHost {
  readonly runs: FakeRun[] = [];
  view: HostView = READY;
  connectError: Error | null = null;
  /** As the Engine lists them. */
  images: Awaited<ReturnType<EngineApi["images"]>> = [];
  /** Whether an aborted run ends by itself, as the real one promises. */
  obedient = true;
  private arrivals: (() => void)[] = [];

  private lookedAt: (() => void)[] = [];

  /** As when the host was looked at again. */
  change(): void {
    for (const resolve of this.lookedAt.splice(0)) resolve();
  }

  /** Resolves when a build waits for the host. */
  async looked(): Promise<void> {
    while (this.lookedAt.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  readonly hosts: Hosts = {
    view: async () => this.view,
    list: async () =>
      this.view.state === "none"
        ? { hosts: [], default: null, reason: this.view.reason }
        : { hosts: [this.view], default: this.view.id, reason: null },
    changed: (_id, signal) =>
      new Promise((resolve) => {
        this.lookedAt.push(resolve);
        signal.addEventListener("abort", () => resolve());
      }),
    bound: () => undefined,
    test: async () => this.view,
    add: notHere,
    edit: notHere,
    remove: notHere,
    setDefault: notHere,
    connect: async () => {
      if (this.connectError) throw this.connectError;
      return { api: { images: async () => this.images } } as unknown as HostConnection;
    },
    close: () => {},
  };

  readonly runBuild: typeof runBuild = (_host, request, emit, signal) =>
    new Promise((resolve, reject) => {
      const finish: FakeRun["finish"] = (status) => {
        emit({ type: "finished", status });
        resolve();
      };
      signal.addEventListener("abort", () => this.obedient && finish("canceled"));
      emit(STARTED);
      this.runs.push({
        request,
        signal,
        emit,
        finish,
        leave: (error) => (error ? reject(error) : resolve()),
      });
      for (const arrived of this.arrivals.splice(0)) arrived();
    });

  /** The run of that number, from 0, once it is there. */
  async run(index: number): Promise<FakeRun> {
    for (;;) {
      const run = this.runs[index];
      if (run) return run;
      await new Promise<void>((resolve) => this.arrivals.push(resolve));
    }
  }
}
