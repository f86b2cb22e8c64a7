/** The picture as one build would have it: every stage still there, but standing on and taking from what the options come to. */
import type { Dockerfile, ResolvedBuild, ResolvedSource } from "../dockerfile";
import { sourceWord } from "./build-graph";
import type { GraphEdge, ImageNode, StageGraph } from "./types";

/**
 * Edges begin where build arguments, platform and named contexts lead them, and keep their ids; images that nothing
 * uses any more go, new ones come. The graph itself where the options change nothing.
 */
export function graphInBuild(tree: Dockerfile, graph: StageGraph, build: ResolvedBuild): StageGraph {
  if (graph.stale || graph.stages.length !== build.stages.length) return graph;
  const labels = graph.stages.map(({ label }) => label);
  const indexes = new Map(graph.stages.map(({ id, index }) => [id, index]));
  const sourceId = (source: ResolvedSource): string | null => {
    if (source.kind === "invalid") return null;
    if (source.kind === "stage") return graph.stages[source.index]?.id ?? null;
    return `image:${sourceWord(source, labels)}`;
  };
  let changed = false;
  const edges = graph.edges.map((edge) => {
    const source = sourceId(sourceOf(edge, tree, build, indexes.get(edge.target)!)) ?? edge.source;
    if (source === edge.source) return edge;
    changed = true;
    return { ...edge, source };
  });
  // A FROM that was blank until an argument filled it.
  const based = new Set(edges.flatMap(({ kind, target }) => (kind === "from" ? [target] : [])));
  for (const { id, index } of graph.stages) {
    if (based.has(id)) continue;
    const base = build.stages[index]!.base;
    const source = sourceId(base);
    if (source === null) continue;
    changed = true;
    edges.push({
      id: `from:${source}>${id}:0`,
      kind: "from",
      source,
      target: id,
      instruction: 0,
      reference: 0,
      sources: [],
      destination: null,
      lineInStage: 0,
    });
  }
  return changed ? { ...graph, edges, images: imagesOf(edges, graph.images) } : graph;
}

function sourceOf(edge: GraphEdge, tree: Dockerfile, build: ResolvedBuild, stage: number): ResolvedSource {
  const { base, copies, mounts, replacedBy } = build.stages[stage]!;
  if (edge.kind === "from") {
    return replacedBy === null ? base : { kind: "context", context: replacedBy, ref: replacedBy.name };
  }
  const invalid: ResolvedSource = { kind: "invalid", reason: "" };
  const at = ({ instruction }: { instruction: { indexInStage: number } }) =>
    instruction.indexInStage === edge.instruction;
  const { copies: own, mounts: mounted } = tree.stages[stage]!;
  if (edge.kind === "copy") return copies[own.findIndex(at)] ?? invalid;
  const first = mounted.findIndex(at);
  return mounts[first + edge.reference] ?? invalid;
}

/** In the order of the edges; what there was before is the same object. */
function imagesOf(edges: readonly GraphEdge[], before: readonly ImageNode[]): ImageNode[] {
  const found = new Map<string, ImageNode>();
  for (const { source, kind } of edges) {
    if (!source.startsWith("image:")) continue;
    const image = found.get(source) ?? {
      kind: "image",
      id: source,
      ref: source.slice("image:".length),
      uses: [],
    };
    if (!image.uses.includes(kind)) image.uses.push(kind);
    found.set(source, image);
  }
  return [...found.values()].map((image) => {
    const old = before.find(({ id }) => id === image.id);
    return old && old.uses.join() === image.uses.join() ? old : image;
  });
}
