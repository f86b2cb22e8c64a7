/** What a log says about the vertices that wrote it. */
import { imageOf, internalKind } from "@/lib/build/names";
import type { BuildState } from "@/lib/build/state";
import type { StageGraph } from "@/lib/graph/types";

/** "builder:8", the stage and the line of the Dockerfile; for what belongs to no instruction, what it does. */
export function vertexLabel(build: BuildState | undefined, graph: StageGraph, digest: string): string {
  const vertex = build?.vertices[digest];
  if (!vertex) return "";
  const place = vertex.places[0];
  const stage = place && graph.stages[place.stage];
  if (!stage) return imageOf(vertex) ?? internalKind(vertex);
  const row = stage.rows.find(({ instruction }) => instruction === place.instruction);
  return `${stage.label}:${stage.startLine + (row?.startInStage ?? 0)}`;
}

/** Digests of the steps that failed, as one string: equal strings keep a selector still. */
export function failedVertices(build: BuildState | undefined): string {
  if (!build) return "";
  return build.order.filter((digest) => build.vertices[digest]?.status === "failed").join(" ");
}
