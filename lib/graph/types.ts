/**
 * The picture of a Dockerfile: what the canvas draws. A function of the syntax tree and of the stages' identities,
 * never set by anybody.
 */
import type { StageReference } from "../dockerfile";

/** Names a stage while text moves around it; given by ./identity, kept across edits. */
export type StageId = string;

export interface InstructionRow {
  /** Position within the stage; 0 is FROM, which the card's head shows instead of a row. */
  instruction: number;
  keyword: string;
  /** One line: flags and arguments, without the keyword. */
  text: string;
  /** Lines below the first of its stage, so that what stands above a stage is none of its rows' business. */
  startInStage: number;
  endInStage: number;
  /** The parser's first complaint about it, if any. */
  problem: string | null;
}

export interface StageNode {
  kind: "stage";
  id: StageId;
  index: number;
  name: string | null;
  /** `name`, or what BuildKit calls a stage without one: stage-N. */
  label: string;
  baseText: string;
  platform: string | null;
  rows: InstructionRow[];
  comment: string | null;
  /** 1-based lines of FROM and of the last instruction's end. */
  startLine: number;
  endLine: number;
  /** The last stage: what `docker build` without a target builds. */
  final: boolean;
  /** Something in it does not parse: the card stays and says so. */
  doubtful: boolean;
}

export interface ImageNode {
  kind: "image";
  /** `image:<ref>` */
  id: string;
  ref: string;
  uses: ("from" | "copy" | "mount")[];
}

export type GraphNode = StageNode | ImageNode;

export interface GraphEdge {
  /** Stable while its ends and its place among its equals stay: `<kind>:<source>><target>:<n>` */
  id: string;
  kind: "from" | "copy" | "mount";
  source: string;
  target: StageId;
  /** Instruction of the target stage that makes the edge; 0 for FROM. */
  instruction: number;
  /** Which of that instruction's references it is. */
  reference: number;
  sources: string[];
  destination: string | null;
  /** Lines below the first of the target stage. */
  lineInStage: number;
}

export interface StageGraph {
  stages: StageNode[];
  images: ImageNode[];
  edges: GraphEdge[];
  /** True where the text is broken so far that this is the last good picture, not today's. */
  stale: boolean;
}

export type { StageReference };
