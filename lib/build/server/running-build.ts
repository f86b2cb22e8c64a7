/** One build from the queue to its end: however it goes, exactly one `finished` is recorded. */
import type { BuildError, BuildEventBody } from "../events";
import type { BuildsSetup } from "./builds";
import type { HostConnection } from "./host-connection";
import { HostError } from "./hosts/watched-host";
import { tookTooLong, withLogLimit } from "./limits";
import type { Recorder } from "./recorder";
import type { BuildRequest } from "./runner";

type Finish = Extract<BuildEventBody, { type: "finished" }>;

const CANCELED: Finish = { type: "finished", status: "canceled" };

/** A build waits that long for a host that is away, in milliseconds; then it has failed. */
export const MAX_AWAY_MS = 30 * 60_000;

/** How long a stopped build may take to end on its host before the server goes on without it. */
const STOP_MS = 5_000;

export class RunningBuild {
  /** Resolves when the end is recorded, or cannot be. */
  readonly ended: Promise<void>;
  private readonly stopping = new AbortController();
  /** Recorded in place of "canceled", where it was not the visitor who stopped it. */
  private finishAs: Finish | null = null;
  private markEnded: () => void = () => {};
  private begun = false;
  private giveUp: ReturnType<typeof setTimeout> | undefined;
  private overtime: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly documentId: string,
    private readonly host: { id: string; name: string },
    private readonly request: BuildRequest,
    readonly recorder: Recorder,
    private readonly setup: Pick<BuildsSetup, "hosts" | "runBuild" | "limits">,
  ) {
    this.ended = new Promise((resolve) => {
      this.markEnded = resolve;
    });
  }

  get id(): string {
    return this.request.id;
  }

  get hostId(): string {
    return this.host.id;
  }

  waits(place: number): void {
    this.emit({ type: "waiting", host: this.host.name, place });
  }

  /** Never rejects. */
  async run(): Promise<void> {
    this.begun = true;
    try {
      const host = await this.reach();
      if (this.stopping.signal.aborted) throw new Error("Stopped while the host was being reached.");
      const { minutes, logBytes } = this.setup.limits;
      this.overtime = setTimeout(() => this.stopAs(tookTooLong(minutes)), minutes * 60_000);
      const tell = withLogLimit(this.emit, logBytes);
      await this.setup.runBuild(host, this.request, tell, this.stopping.signal, this.room);
      if (!this.recorder.isSealed) throw new Error("The build ended without a result.");
    } catch (error) {
      if (this.stopping.signal.aborted) this.emit(CANCELED);
      else this.emit({ type: "finished", status: "failed", error: explain(error) });
    }
    await this.end();
  }

  /** The host, once it is there: one that was there before may be waited for, and that is told. */
  private async reach(): Promise<HostConnection> {
    const { hosts } = this.setup;
    const enough = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(MAX_AWAY_MS)]);
    let told = "";
    for (;;) {
      try {
        return await hosts.connect(this.hostId);
      } catch (error) {
        const away = enough.aborted ? null : awayReason(error);
        if (away === null) throw error;
        if (away !== told) this.emit({ type: "waiting", host: this.host.name, reason: away });
        told = away;
        await hosts.changed(this.hostId, enough);
      }
    }
  }

  /** Ends it at once where it has not begun; else its host is told, and `ended` resolves in time. */
  stop(): void {
    this.stopping.abort();
    this.giveUp ??= setTimeout(() => void this.cancel(), this.begun ? STOP_MS : 0);
    this.begun = true;
  }

  /** As `stop`, and recorded so in place of "canceled". */
  stopAs(end: Finish): void {
    this.finishAs ??= end;
    this.stop();
  }

  private cancel(): Promise<void> {
    this.emit(CANCELED);
    return this.end();
  }

  private readonly emit = (body: BuildEventBody): void => {
    // What is built is not taken back for the time that weighing it takes.
    if (body.type === "built") clearTimeout(this.overtime);
    // What fails because it is being stopped was stopped.
    const stopped = body.type === "finished" && body.status !== "succeeded" && this.stopping.signal.aborted;
    this.recorder.emit(stopped ? (this.finishAs ?? CANCELED) : body);
  };

  private readonly room = () => this.recorder.room();

  private async end(): Promise<void> {
    clearTimeout(this.giveUp);
    clearTimeout(this.overtime);
    await this.recorder.flush();
    this.markEnded();
  }
}

/** Null where waiting for it would be no use. */
function awayReason(error: unknown): string | null {
  return error instanceof HostError && error.seen ? error.reason : null;
}

/** A host that cannot be reached names its address; anything else is a fault of ours. */
function explain(error: unknown): BuildError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof HostError) {
    const { reason, seen } = error;
    const hint = seen
      ? "Bring it back, or choose another host in the build options, and build again."
      : "Start Docker on this machine, or set DOCKER_HOST to a build host and start Stagecraft again.";
    return { message, hint, ...(reason !== message && { detail: reason }) };
  }
  console.error("A build could not be run:", error);
  return { message: "The server failed while it ran the build.", hint: "Build again.", detail: message };
}
