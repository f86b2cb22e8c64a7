/** Two versions of a Dockerfile as one graph: everything that either has, once, and what became of it. */
import type { GraphEdge, ImageNode, InstructionRow, StageId, StageNode } from "../types";

/**
 * "moved": the same words in another place. Of an instruction that went to another stage there is a row in each of the
 * two, marked so.
 */
export type Mark = "same" | "added" | "removed" | "changed" | "moved";

export interface ComparedRow {
  mark: Mark;
  before: InstructionRow | null;
  after: InstructionRow | null;
  /** The stage that it came from or went to, where that is another one. */
  elsewhere: StageId | null;
}

/** What differs about a stage beside its instructions; "final" is that it is the last one in one version only. */
export type HeadPart = "name" | "base" | "platform" | "comment" | "final" | "order";

export interface ComparedStage {
  kind: "stage";
  id: StageId;
  mark: Mark;
  before: StageNode | null;
  after: StageNode | null;
  /** Empty for one that was added or removed. */
  head: HeadPart[];
  /** In the order of the later version; what is gone stands where it stood. */
  rows: ComparedRow[];
}

export interface ComparedImage {
  kind: "image";
  id: string;
  ref: string;
  mark: Extract<Mark, "same" | "added" | "removed">;
  uses: ImageNode["uses"];
}

export interface ComparedEdge {
  /** `<kind>:<source>><target>:<row>:<n>` */
  id: string;
  /** "changed" where it carries other paths. */
  mark: Extract<Mark, "same" | "added" | "removed" | "changed">;
  kind: GraphEdge["kind"];
  source: string;
  target: StageId;
  /** Place among the rows of the target; null for its FROM. */
  row: number | null;
  before: GraphEdge | null;
  after: GraphEdge | null;
}

/** A line ahead of the first FROM: a parser directive or a global ARG. */
export interface FileLine {
  /** As "ARG" or "# syntax". */
  keyword: string;
  text: string;
  startLine: number;
  endLine: number;
}

export interface ComparedLine {
  mark: Exclude<Mark, "moved">;
  before: FileLine | null;
  after: FileLine | null;
}

export interface Comparison {
  /** Ahead of the first stage. */
  top: ComparedLine[];
  /** In the order of the later version; what is gone stands where it stood. */
  stages: ComparedStage[];
  images: ComparedImage[];
  edges: ComparedEdge[];
}
