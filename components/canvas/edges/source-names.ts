/** Stages and images by the words that people type for them. */
import type { ConnectionSource } from "@/lib/graph/connect";
import type { StageGraph } from "@/lib/graph/types";
import type { DocumentStore } from "@/lib/store/types";
import { stageIndex } from "../build-view";
import { sourceOf } from "./connection";
import { nodeLabel } from "./panel-head";

/** How the source of an edge is typed: the label of a stage, or the reference of an image. */
export const nameOfSource = (graph: StageGraph, node: string): string => nodeLabel(graph, node);

/** What can come first in the file than the stage that would use it, the nearest first; then images that are there. */
export function likelySources(state: Pick<DocumentStore, "graph" | "stageIds">, user: string): string[] {
  const before = state.graph.stages.slice(0, Math.max(0, stageIndex(state.stageIds, user)));
  return [...before.reverse().map(({ label }) => label), ...state.graph.images.map(({ ref }) => ref)];
}

/** What a typed name means: a stage that is called so, or else an image. */
export function sourceNamed(
  state: Pick<DocumentStore, "graph" | "stageIds">,
  name: string,
): ConnectionSource {
  const stage = state.graph.stages.findLast(({ label }) => label === name.trim().toLowerCase());
  return (stage && sourceOf(state, stage.id)) ?? { kind: "image", ref: name.trim() };
}
