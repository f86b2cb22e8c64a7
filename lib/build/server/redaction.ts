/**
 * Keeps the values of a build's secrets out of what is told of it: a step may print what it was given, and every event
 * is stored and shown. Best effort by its nature: what a step makes of a secret (its base64, its hash) is not known.
 */
import type { BuildEventBody } from "../events";

/** Shorter ones are in every text by chance: not hidden. */
const LEAST_LENGTH = 4;
/** Of one line among several, such as the lines of a key. */
const LEAST_LINE_LENGTH = 8;
/** A longer line is looked for in pieces, so that little has to be held back. */
const PIECE_LENGTH = 512;
export const REDACTED = "***";
/** Fields that hold no text, but what events are told apart and joined by: there a secret stands by chance. */
const NAMES: ReadonlySet<string> = new Set([
  ...["type", "status", "digest", "vertex", "image", "platform", "platforms"],
]);

type Emit = (body: BuildEventBody) => void;

/** `emit` itself where there is nothing to hide. */
export function redacting(emit: Emit, secrets: Iterable<Uint8Array>): Emit {
  const pieces = [...secrets].flatMap(piecesOf);
  if (pieces.length === 0) return emit;
  const redactor = new Redactor(pieces, emit);
  return (body) => redactor.take(body);
}

function piecesOf(secret: Uint8Array): string[] {
  const text = Buffer.from(secret).toString("utf8").trim();
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const least = lines.length > 1 ? LEAST_LINE_LENGTH : LEAST_LENGTH;
  return lines.filter((line) => line.length >= least).flatMap(cut);
}

function cut(line: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < line.length; ) {
    // A short rest stays with the piece before it.
    const end = line.length - start < PIECE_LENGTH + LEAST_LINE_LENGTH ? line.length : start + PIECE_LENGTH;
    pieces.push(line.slice(start, end));
    start = end;
  }
  return pieces;
}

class Redactor {
  private readonly longest: number;
  private readonly byFirst = new Map<string, string[]>();
  /** Ends of output that may be the beginning of a secret, by vertex and stream. */
  private readonly held = new Map<string, Extract<BuildEventBody, { type: "log" }>>();

  constructor(
    /** Longest first: one may be a part of another. */
    private readonly pieces: string[],
    private readonly emit: Emit,
  ) {
    pieces.sort((a, b) => b.length - a.length);
    this.longest = pieces[0]!.length;
    for (const piece of pieces) {
      const same = this.byFirst.get(piece[0]!) ?? [];
      same.push(piece);
      this.byFirst.set(piece[0]!, same);
    }
  }

  take(body: BuildEventBody): void {
    if (body.type === "log") {
      this.takeLog(body);
      return;
    }
    if (body.type === "finished") this.release(null);
    else if (body.type === "vertex" && body.completed !== undefined) this.release(body.digest);
    this.emit(this.hide(body) as BuildEventBody);
  }

  private takeLog(log: Extract<BuildEventBody, { type: "log" }>): void {
    const key = `${log.vertex} ${log.stream}`;
    const text = this.hideIn((this.held.get(key)?.text ?? "") + log.text);
    const from = this.doubtfulFrom(text);
    this.held.delete(key);
    if (from < text.length) this.held.set(key, { ...log, text: text.slice(from) });
    if (from > 0) this.emit({ ...log, text: text.slice(0, from) });
  }

  /** Where the end of a text begins that could be the beginning of a secret; its length where there is none. */
  private doubtfulFrom(text: string): number {
    for (let start = Math.max(0, text.length - this.longest + 1); start < text.length; start++) {
      const candidates = this.byFirst.get(text[start]!);
      if (!candidates) continue;
      const end = text.slice(start);
      if (candidates.some((piece) => piece.startsWith(end))) return start;
    }
    return text.length;
  }

  private release(vertex: string | null): void {
    for (const [key, log] of this.held) {
      if (vertex !== null && log.vertex !== vertex) continue;
      this.held.delete(key);
      this.emit(log);
    }
  }

  private hide(value: unknown): unknown {
    if (typeof value === "string") return this.hideIn(value);
    if (Array.isArray(value)) return value.map((part) => this.hide(part));
    if (typeof value !== "object" || value === null) return value;
    const shown = ([key, part]: [string, unknown]) => [key, NAMES.has(key) ? part : this.hide(part)];
    return Object.fromEntries(Object.entries(value).map(shown));
  }

  private hideIn(text: string): string {
    let hidden = text;
    for (const piece of this.pieces) if (hidden.includes(piece)) hidden = hidden.replaceAll(piece, REDACTED);
    return hidden;
  }
}
