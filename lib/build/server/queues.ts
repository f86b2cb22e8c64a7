/** Builds in line, one line for each host: as many run at once as the host may have, the others know their place. */

/** Builds that may wait for one host; more are refused. */
export const MAX_QUEUE = 50;

/** What stands in a line. `waits` is told its place, 1 for the next, whenever that changes. */
export interface Queued {
  readonly hostId: string;
  /** Never rejects. */
  run(): Promise<void>;
  waits(place: number): void;
}

interface Line {
  running: number;
  waiting: Queued[];
}

export class Queues {
  private readonly lines = new Map<string, Line>();
  private closed = false;

  /** @param bound how many builds a host runs at once */
  constructor(private readonly bound: (hostId: string) => number) {}

  load(hostId: string): { running: number; waiting: number } {
    const { running, waiting } = this.line(hostId);
    return { running, waiting: waiting.length };
  }

  isFull(hostId: string): boolean {
    return this.line(hostId).waiting.length >= MAX_QUEUE;
  }

  /** Runs it at once where there is room. */
  add(build: Queued): void {
    const line = this.line(build.hostId);
    line.waiting.push(build);
    this.advance(build.hostId, line);
    if (line.waiting.at(-1) === build) build.waits(line.waiting.length);
  }

  /** Nothing happens to one that is not waiting. */
  remove(build: Queued): void {
    const { waiting } = this.line(build.hostId);
    const at = waiting.indexOf(build);
    if (at < 0) return;
    waiting.splice(at, 1);
    for (const [index, other] of waiting.entries()) if (index >= at) other.waits(index + 1);
  }

  /** Starts nothing any more. */
  close(): void {
    this.closed = true;
  }

  /** True where one began. */
  private advance(hostId: string, line: Line): boolean {
    let begun = 0;
    while (line.running < this.bound(hostId) && line.waiting.length > 0 && !this.closed) {
      const build = line.waiting.shift()!;
      begun++;
      line.running++;
      void build.run().finally(() => {
        line.running--;
        if (this.advance(hostId, line)) this.tellPlaces(line);
      });
    }
    return begun > 0;
  }

  private tellPlaces({ waiting }: Line): void {
    for (const [index, build] of waiting.entries()) build.waits(index + 1);
  }

  private line(hostId: string): Line {
    const line = this.lines.get(hostId) ?? { running: 0, waiting: [] };
    this.lines.set(hostId, line);
    return line;
  }
}
