/** A document as whoever only reads it gets it: what its shared data comes to, without the data's history. */
import type { BuildOptions } from "../build/events";
import type { Diagnostic } from "../dockerfile";
import type { DocumentView, PlacedNode } from "./document";

/** A place with where its stage's FROM begins now (offset; -1 where that can't be told) instead of an anchor. */
export interface ReadPlace extends Omit<PlacedNode, "anchor"> {
  start: number;
}

export interface DocumentReading extends Omit<DocumentView, "state" | "rights" | "updatedAt"> {
  options: BuildOptions;
  /** What checks find for a build with these options. */
  findings: readonly Diagnostic[];
  /** By node id. */
  places: Readonly<Record<string, ReadPlace>>;
}
