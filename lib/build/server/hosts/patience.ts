/** A host that is slow to answer may only be busy: one that was there is held to be gone when it was slow twice in a row. */
import type { HostConnection } from "../host-connection";
import type { Probe } from "./probe";

const SLOW_LOOKS = 2;

export class Patience {
  private slow = 0;

  /** It was slow just now, and is given another look. */
  get waits(): boolean {
    return this.slow > 0 && this.slow < SLOW_LOOKS;
  }

  /** What a look comes to; `current` is the host as it was until now, null where it was not there. */
  judge(result: Probe, current: HostConnection | null): Probe {
    this.slow = result.state === "unreachable" && result.slow ? this.slow + 1 : 0;
    return this.waits && current !== null ? { state: "ready", connection: current } : result;
  }
}
