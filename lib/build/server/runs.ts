/** Containers from finished builds: which image, whether there is room, and none left behind. */
import type { BuildSummary } from "../../share/document";
import { Refusal } from "../../share/refusal";
import type { RunEvent } from "../run";
import { imageTag } from "./build-images";
import { LONGEST_MS, removeContainers, runContainer } from "./containers";
import type { Hosts } from "./hosts";
import { connected } from "./hosts/connected";

/** Containers at once, of all visitors; one for each document. */
export const MAX_RUNS = 4;

export interface Runs {
  /** Refuses before anything starts; what goes wrong later is an event. Ends the container when `signal` aborts. */
  start(build: BuildSummary, command: string | null, signal: AbortSignal): Promise<AsyncGenerator<RunEvent>>;
  close(): Promise<void>;
}

/** First takes away what an earlier run of the server left on the host. */
export function openRuns(hosts: Pick<Hosts, "connect" | "list">): Runs {
  const running = new Map<string, { stop: AbortController; ended: Promise<void> }>();
  const clean = () =>
    void hosts.list().then((all) => {
      for (const { id, state } of all.hosts) {
        if (state === "ready")
          void hosts
            .connect(id)
            .then((host) => removeContainers(host))
            .catch(() => {});
      }
    });
  clean();
  // By then whatever an earlier run of this server left is old enough to be known as such.
  const again = setTimeout(clean, LONGEST_MS);
  again.unref();

  return {
    async start(build, command, signal) {
      const stage = build.options.target ?? lastStage(build);
      if (build.status !== "succeeded" || stage === null) throw nothingToRun();
      if (running.has(build.documentId)) throw alreadyRunning();
      if (running.size >= MAX_RUNS) throw tooMany();
      const stop = new AbortController();
      signal.addEventListener("abort", () => stop.abort(), { once: true });
      if (signal.aborted) stop.abort();
      let end = () => {};
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      running.set(build.documentId, { stop, ended });
      const done = () => {
        running.delete(build.documentId);
        end();
      };
      try {
        const host = await connected(hosts, build.options.host);
        const image = imageTag(build.documentId, build.id, stage);
        return finallyDo(runContainer(host, { image, build: build.id, command }, stop.signal), done);
      } catch (error) {
        done();
        throw error;
      }
    },
    async close() {
      clearTimeout(again);
      for (const { stop } of running.values()) stop.abort();
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}

async function* finallyDo<T>(source: AsyncGenerator<T>, done: () => void): AsyncGenerator<T> {
  try {
    yield* source;
  } finally {
    done();
  }
}

/** The stage that the result was made from, where no target was chosen: the last that was weighed. */
function lastStage({ sizes }: BuildSummary): number | null {
  const stages = Object.keys(sizes).map(Number);
  return stages.length === 0 ? null : Math.max(...stages);
}

const nothingToRun = () =>
  new Refusal(
    "conflict",
    "nothing-to-run",
    "Only a build that succeeded can be run.",
    "Build until it succeeds, then run it.",
  );

const alreadyRunning = () =>
  new Refusal(
    "conflict",
    "already-running",
    "A container of this document is still running.",
    "Stop it first.",
  );

const tooMany = () =>
  new Refusal(
    "busy",
    "too-many-runs",
    `${MAX_RUNS} containers are running already.`,
    "Try again when one of them has ended.",
  );
