/**
 * The host's clock, as far as what it tells gives it away: it may go an hour wrong without anybody noticing. Times of
 * vertices are the host's; whatever is told beside them in the same build must be too.
 */
import type { BuildEventBody } from "../events";

export class HostClock {
  /** Server's clock minus the host's. What is told arrives later than it was, so the least is nearest. */
  private ahead: number | null = null;

  constructor(private readonly server: () => number) {}

  /** Learns from what the host has told just now. */
  read(event: BuildEventBody): void {
    const told = event.type === "vertex" ? (event.completed ?? event.started) : undefined;
    if (told === undefined) return;
    this.learn(told);
  }

  /** `told`: what the host's clock shows now, or showed a moment ago; epoch milliseconds. */
  learn(told: number): void {
    const ahead = this.server() - told;
    this.ahead = Math.min(this.ahead ?? ahead, ahead);
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.server() - (this.ahead ?? 0);
  }
}
