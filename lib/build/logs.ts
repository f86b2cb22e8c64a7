/**
 * The log of a build as the page holds it: lines, not pieces, millions of them, outside of React's state. Written by
 * `applyEvents`, read through views by index, followed by version number.
 *
 * Memory is bounded: past `maxLines` lines or `maxCharacters` characters the oldest lines leave the page, a block at
 * a time, and `dropped` counts them. The log that the server stores stays whole.
 */
import type { BuildEvent } from "./events";
import { foldReturns } from "./terminal";

export interface LogLine {
  /** Place among all lines of the build, from 0; stays when older lines are dropped. */
  number: number;
  vertex: string;
  stream: 1 | 2;
  /** With colour sequences; a line that overwrote itself shows what stood in the end. */
  text: string;
  /** Epoch milliseconds by the server's clock. */
  at: number;
}

/** Lines by index from 0, oldest first. Grows at the end as the log does; loses its first lines as the log does. */
export interface LogView {
  readonly length: number;
  line(index: number): LogLine | undefined;
  /** The index of the line with this number, or of the first after it. */
  indexOf(number: number): number;
  /** Whether lines of this vertex belong to it. */
  has(vertex: string): boolean;
  /** Lines of this view that were dropped from the front, so that a list can keep its place. */
  readonly dropped: number;
}

export interface LogLimits {
  maxLines: number;
  maxCharacters: number;
}

export interface LogStore {
  /** Grows with every change. */
  version(): number;
  /** Called once after each `append` or `clear`. */
  subscribe(listener: () => void): () => void;
  append(events: readonly BuildEvent[]): void;
  /** Empties it, for another build. */
  clear(): void;
  /** Lines so far, dropped ones included. */
  total(): number;
  /** Oldest lines that are no longer on the page. */
  dropped(): number;
  /** Longest line so far, in characters. */
  widest(): number;
  limits: LogLimits;
  /** All lines, merged in the order in which they began. */
  all(): LogView;
  /** The lines that pass, as soon as they can no longer change. Reads only what is new each time. */
  where(accepts: (line: LogLine) => boolean): LogView;
  /** The lines of some vertices; faster than `where`. */
  of(vertices: Iterable<string>): LogView;
}

/** 18 px a line times this is what browsers can still scroll. */
const DEFAULT_LIMITS: LogLimits = { maxLines: 800_000, maxCharacters: 100_000_000 };
/** Lines are kept and dropped in blocks of this many. */
const BLOCK = 4096;
/** A line longer than this is continued on the next one, so that drawing it stays possible. */
export const MAX_LINE_LENGTH = 8192;

interface Block {
  text: string[];
  vertex: Uint16Array;
  stream: Uint8Array;
  at: Float64Array;
  characters: number;
}

interface OpenLine {
  number: number;
  text: string;
}

export function createLogStore(limits: LogLimits = DEFAULT_LIMITS): LogStore {
  return new Lines(limits);
}

/** Events that the store has seen already (by `seq`) do nothing; others than log events are passed over. */
export function applyEvents(log: LogStore, events: readonly BuildEvent[]): void {
  log.append(events);
}

class Lines implements LogStore {
  private blocks: Block[] = [];
  private firstBlock = 0;
  private count = 0;
  private characters = 0;
  private longest = 0;
  private seq = 0;
  private changes = 0;
  /** Grows with each `clear`: views begin anew. */
  private era = 0;
  private names: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly open = new Map<number, OpenLine>();
  private readonly listeners = new Set<() => void>();

  constructor(readonly limits: LogLimits) {}

  version(): number {
    return this.changes;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  total(): number {
    return this.count;
  }

  dropped(): number {
    return this.firstBlock * BLOCK;
  }

  widest(): number {
    return this.longest;
  }

  append(events: readonly BuildEvent[]): void {
    const before = this.seq;
    let written = false;
    for (const event of events) {
      if (event.seq <= this.seq) continue;
      this.seq = event.seq;
      if (event.type === "log") {
        this.write(this.numberOf(event.vertex), event.stream, event.text, event.at);
        written = true;
      } else if (event.type === "vertex" && event.completed !== undefined) {
        this.end(event.digest);
      } else if (event.type === "finished") {
        this.open.clear();
      }
    }
    if (written) this.dropOldest();
    if (this.seq !== before) this.changed();
  }

  clear(): void {
    this.blocks = [];
    this.firstBlock = 0;
    this.count = 0;
    this.characters = 0;
    this.longest = 0;
    this.seq = 0;
    this.era++;
    this.names = [];
    this.numbers.clear();
    this.open.clear();
    this.changed();
  }

  all(): LogView {
    const log = this;
    return {
      get length() {
        return log.count - log.dropped();
      },
      get dropped() {
        return log.dropped();
      },
      line: (index) => log.line(log.dropped() + index),
      has: () => true,
      indexOf: (number) => Math.min(Math.max(0, number - log.dropped()), log.count - log.dropped()),
    };
  }

  of(vertices: Iterable<string>): LogView {
    const wanted = new Set(vertices);
    return new Selected(
      this,
      (number) => wanted.has(this.vertexOf(number)),
      (vertex) => wanted.has(vertex),
    );
  }

  where(accepts: (line: LogLine) => boolean): LogView {
    const passes = (number: number) => {
      const line = this.line(number);
      return line !== undefined && accepts(line);
    };
    return new Selected(this, passes, () => true, true);
  }

  line(number: number): LogLine | undefined {
    const block = this.blocks[Math.floor(number / BLOCK) - this.firstBlock];
    const slot = number % BLOCK;
    if (!block || number < 0 || number >= this.count) return undefined;
    return {
      number,
      vertex: this.names[block.vertex[slot]!]!,
      stream: block.stream[slot] === 2 ? 2 : 1,
      text: block.text[slot]!,
      at: block.at[slot]!,
    };
  }

  currentEra(): number {
    return this.era;
  }

  /** The first line that is not ended, which may still change: what comes before stays as it is. */
  settled(): number {
    let first = this.count;
    for (const { number } of this.open.values()) first = Math.min(first, number);
    return first;
  }

  private vertexOf(number: number): string {
    const block = this.blocks[Math.floor(number / BLOCK) - this.firstBlock];
    return block ? this.names[block.vertex[number % BLOCK]!]! : "";
  }

  private numberOf(vertex: string): number {
    let number = this.numbers.get(vertex);
    if (number === undefined) {
      number = this.names.length;
      this.numbers.set(vertex, number);
      this.names.push(vertex);
    }
    return number;
  }

  /** A step that is over ends its lines, with a line feed or without. */
  private end(vertex: string): void {
    const number = this.numbers.get(vertex);
    if (number === undefined) return;
    this.open.delete(number * 2 + 1);
    this.open.delete(number * 2 + 2);
  }

  private write(vertex: number, stream: 1 | 2, text: string, at: number): void {
    const key = vertex * 2 + stream;
    let start = 0;
    while (start < text.length) {
      const feed = text.indexOf("\n", start);
      const end = feed === -1 ? text.length : feed;
      const piece = start === 0 && end === text.length ? text : text.slice(start, end);
      this.writePiece(key, vertex, stream, piece, feed !== -1, at);
      start = end + 1;
    }
  }

  private writePiece(key: number, vertex: number, stream: number, piece: string, ended: boolean, at: number) {
    const open = this.open.get(key);
    let rest = open ? foldReturns(open.text + piece) : foldReturns(piece);
    let number = open?.number ?? this.add(vertex, stream, at);
    while (rest.length > MAX_LINE_LENGTH) {
      this.put(number, rest.slice(0, MAX_LINE_LENGTH));
      rest = rest.slice(MAX_LINE_LENGTH);
      number = this.add(vertex, stream, at);
    }
    this.put(number, rest.endsWith("\r") ? rest.slice(0, -1) : rest);
    if (!ended) this.open.set(key, { number, text: rest });
    else if (open) this.open.delete(key);
  }

  private add(vertex: number, stream: number, at: number): number {
    const slot = this.count % BLOCK;
    if (slot === 0) this.blocks.push(emptyBlock());
    const block = this.blocks[this.blocks.length - 1]!;
    block.text.push("");
    block.vertex[slot] = vertex;
    block.stream[slot] = stream;
    block.at[slot] = at;
    return this.count++;
  }

  private put(number: number, text: string): void {
    const block = this.blocks[Math.floor(number / BLOCK) - this.firstBlock];
    // An unfinished line may be so old that it was dropped.
    if (!block) return;
    const slot = number % BLOCK;
    const more = text.length - block.text[slot]!.length;
    block.text[slot] = text;
    block.characters += more;
    this.characters += more;
    if (text.length > this.longest) this.longest = text.length;
  }

  private dropOldest(): void {
    const { maxLines, maxCharacters } = this.limits;
    while (
      this.blocks.length > 1 &&
      (this.count - this.dropped() - BLOCK >= maxLines || this.characters > maxCharacters)
    ) {
      this.characters -= this.blocks.shift()!.characters;
      this.firstBlock++;
    }
  }

  private changed(): void {
    this.changes++;
    for (const listener of [...this.listeners]) listener();
  }
}

/** The numbers of the lines that pass, found as the log grows. */
class Selected implements LogView {
  private numbers = new Uint32Array(1024);
  /** Numbers before this one are dropped. */
  private begin = 0;
  private end = 0;
  private next = 0;
  private era = -1;

  constructor(
    private readonly log: Lines,
    private readonly accepts: (number: number) => boolean,
    readonly has: (vertex: string) => boolean,
    private readonly onlySettled = false,
  ) {}

  get length(): number {
    this.catchUp();
    return this.end - this.begin;
  }

  get dropped(): number {
    this.catchUp();
    return this.begin;
  }

  line(index: number): LogLine | undefined {
    this.catchUp();
    const at = this.begin + index;
    return index >= 0 && at < this.end ? this.log.line(this.numbers[at]!) : undefined;
  }

  indexOf(number: number): number {
    this.catchUp();
    let low = this.begin;
    let high = this.end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.numbers[middle]! < number) low = middle + 1;
      else high = middle;
    }
    return low - this.begin;
  }

  private catchUp(): void {
    if (this.era !== this.log.currentEra()) {
      this.era = this.log.currentEra();
      this.begin = 0;
      this.end = 0;
      this.next = 0;
    }
    const total = this.onlySettled ? this.log.settled() : this.log.total();
    const dropped = this.log.dropped();
    for (let number = Math.max(this.next, dropped); number < total; number++) {
      if (this.accepts(number)) this.push(number);
    }
    this.next = Math.max(this.next, total);
    while (this.begin < this.end && this.numbers[this.begin]! < dropped) this.begin++;
  }

  private push(number: number): void {
    if (this.end === this.numbers.length) {
      const grown = new Uint32Array(this.numbers.length * 2);
      grown.set(this.numbers);
      this.numbers = grown;
    }
    this.numbers[this.end++] = number;
  }
}

function emptyBlock(): Block {
  return {
    text: [],
    vertex: new Uint16Array(BLOCK),
    stream: new Uint8Array(BLOCK),
    at: new Float64Array(BLOCK),
    characters: 0,
  };
}
