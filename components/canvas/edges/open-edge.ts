/** Which edges stand open: their paths and flags, or the list of several to choose from. */
import type { Point } from "@/lib/graph/layout";
import type { GraphEdge, StageGraph, StageId } from "@/lib/graph/types";
import type { DocumentStore, HistoryStep } from "@/lib/store/types";
import type { CanvasState } from "../canvas-state";

export interface OpenEdge {
  /** The instruction that makes them; 0 is FROM. */
  stage: StageId;
  instruction: number;
  /** By id: one to be edited, or several to choose from. All of the instruction, unless told. */
  edges?: readonly string[];
  /** Where, in the graph's coordinates; at the row that it arrives at, unless told. */
  at?: Point;
  /** The step of the history that drew it a moment ago, which the answers belong to. */
  drawn?: HistoryStep | null;
}

/** The edges that an instruction makes, in the order of the text; 0 is FROM. */
export function edgesAt({ edges }: StageGraph, stage: StageId, instruction: number): GraphEdge[] {
  return edges.filter((edge) => edge.target === stage && edge.instruction === instruction);
}

/** The edges that stand open, those of them that are still there. */
export function edgesOf(graph: StageGraph, { edges, stage, instruction }: OpenEdge): GraphEdge[] {
  return edges ? graph.edges.filter(({ id }) => edges.includes(id)) : edgesAt(graph, stage, instruction);
}

/** Opens these edges, and selects the one where it is one. */
export function openEdges(
  { document, canvas }: { document: Pick<DocumentStore, "select">; canvas: Pick<CanvasState, "change"> },
  edges: readonly Pick<GraphEdge, "id" | "target" | "instruction">[],
  at?: Point,
): void {
  const [first] = edges;
  if (!first) return;
  if (edges.length === 1) document.select({ kind: "edge", edge: first.id }, "canvas");
  const { target: stage, instruction } = first;
  const paths: OpenEdge = { stage, instruction, edges: edges.map(({ id }) => id), ...(at && { at }) };
  canvas.change({ paths, refusal: null });
}
