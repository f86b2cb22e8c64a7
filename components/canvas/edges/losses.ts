/** What is lost with an edge, beyond the edge: said before it is deleted. */
import type { GraphEdge } from "@/lib/graph/types";
import type { DocumentStore } from "@/lib/store/types";
import { referencePlace } from "./connection";

export function lossesOf(
  state: Pick<DocumentStore, "graph" | "tree" | "stageIds">,
  edge: GraphEdge,
): string[] {
  return [...unusedSource(state, edge), ...missedFiles(state, edge)];
}

/** The stage that it comes from, where nothing else uses that. */
function unusedSource({ graph }: Pick<DocumentStore, "graph">, edge: GraphEdge): string[] {
  const source = graph.stages.find(({ id }) => id === edge.source);
  const others = graph.edges.some(({ id, source }) => id !== edge.id && source === edge.source);
  return source && !source.final && !others
    ? [`Nothing else uses ${source.label}: a build without a target then skips it.`]
    : [];
}

/** Instructions behind it in its stage that name the path where its files are now. */
function missedFiles(state: Pick<DocumentStore, "tree" | "stageIds">, edge: GraphEdge): string[] {
  const path = edge.destination ?? "";
  if (edge.kind !== "copy" || !path.startsWith("/") || path.length < 2) return [];
  const { stage, instruction } = referencePlace(state, edge);
  const behind = state.tree.stages[stage]?.instructions.slice(instruction + 1) ?? [];
  const found = behind.find(({ text }) => namesPath(text, path));
  return found ? [`Line ${found.startLine} (${found.keyword}) names ${path}, which it brings in.`] : [];
}

/** Whether a text has the path as a whole word, or something below it. */
function namesPath(text: string, path: string): boolean {
  const at = text.indexOf(path);
  if (at < 0) return false;
  const before = text.charAt(at - 1);
  const next = text.charAt(at + path.length);
  return !/[\w./-]/.test(before) && (path.endsWith("/") || !/[\w.-]/.test(next));
}
