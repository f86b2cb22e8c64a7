/** What the build on show says of sizes, as the picture draws it. */
import { formatBytes, formatRatio } from "@/lib/build/format";
import { sizesOf } from "@/lib/build/sizes";
import { type BuildState, bytesAt } from "@/lib/build/state";
import type { PictureFigures, StageFigures } from "@/lib/graph/export";
import type { StageGraph } from "@/lib/graph/types";

/** Null while no stage's size is known. */
export function figuresOf(graph: StageGraph, state: BuildState | null): PictureFigures | null {
  if (state === null) return null;
  const stages = new Map<string, StageFigures>();
  const rows = new Map<string, ReadonlyMap<number, number>>();
  for (const { stage, ships, size, base, parts, smaller } of sizesOf(state).rows) {
    const id = graph.stages[stage]?.id;
    if (id === undefined || size === null) continue;
    const small = smaller === null ? "ships" : `${formatRatio(smaller)}× smaller`;
    stages.set(id, { size, base, own: parts.map(({ bytes }) => bytes), fate: ships ? small : "left behind" });
    const known = parts.flatMap(({ instruction, bytes }) =>
      instruction === null ? [] : [[instruction, bytes] as const],
    );
    rows.set(id, new Map(known));
  }
  if (stages.size === 0) return null;
  const indexes = new Map(graph.stages.map(({ id, index }) => [id, index]));
  const edges = new Map<string, number>();
  for (const { id, kind, target, instruction } of graph.edges) {
    const bytes = kind === "copy" ? bytesAt(state, indexes.get(target) ?? -1, instruction) : null;
    if (bytes !== null) edges.set(id, bytes);
  }
  return { stages, rows, edges, format: formatBytes };
}
