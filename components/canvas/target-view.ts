/** What the chosen target, arguments and platform make of each stage: asked by cards, rows, edges and images. */
import { buildOf } from "@/lib/build/evaluation";
import type { BuildOptions } from "@/lib/build/options";
import type { ResolvedBuild } from "@/lib/dockerfile";
import { sourceWord } from "@/lib/graph/build-graph";
import type { GraphEdge, StageGraph } from "@/lib/graph/types";
import type { DocumentStore } from "@/lib/store/types";

export interface StageView {
  /** The name of the target, where a build of it leaves the stage out. */
  notBuiltFor: string | null;
  /** What a FROM with variables comes to, or what a named context puts in the stage's place; null where the text says it. */
  base: string | null;
  /** A named context has taken the stage's place: none of its instructions runs. */
  replaced: boolean;
}

export interface TargetView {
  stages: readonly StageView[];
  /** Ids of images that nothing uses which is built. */
  idleImages: ReadonlySet<string>;
}

export type Facts = Pick<DocumentStore, "tree" | "graph" | "options">;

const views = new WeakMap<
  ResolvedBuild["stages"],
  { graph: StageGraph; options: BuildOptions; view: TargetView }
>();

/** Worked out once for what a build makes of the stages: an edit that changes nothing of that leaves it the same object. */
export function targetView({ tree, graph, options }: Facts): TargetView {
  const build = buildOf(tree, options);
  const before = views.get(build.stages);
  if (before?.options === options && isDrawnAlike(before.graph, graph)) return before.view;
  const view = look(build, graph, options, (index) => tree.stages[index]?.baseText ?? "");
  views.set(build.stages, { graph, options, view });
  return view;
}

function isDrawnAlike(before: StageGraph, now: StageGraph): boolean {
  return (
    before.edges === now.edges &&
    before.images === now.images &&
    before.stages.length === now.stages.length &&
    before.stages.every(({ id, label }, at) => id === now.stages[at]?.id && label === now.stages[at].label)
  );
}

export const AS_WRITTEN: StageView = { notBuiltFor: null, base: null, replaced: false };

/** Dimmed with what it leads to. */
export function leadsNowhere({ notBuiltFor, replaced }: StageView, kind: GraphEdge["kind"]): boolean {
  return notBuiltFor !== null || (replaced && kind !== "from");
}

function look(
  build: ResolvedBuild,
  graph: StageGraph,
  { target, everyStage }: BuildOptions,
  written: (index: number) => string,
): TargetView {
  const labels = graph.stages.map(({ label }) => label);
  const everything = target === null && everyStage;
  const name = build.target === null ? null : (labels[build.target] ?? null);
  const stages = build.stages.map(({ index, needed, base, replacedBy }): StageView => {
    const source = sourceWord(base, labels);
    const told = base.kind === "context" || (base.kind !== "invalid" && written(index).includes("$"));
    return {
      notBuiltFor: needed || everything ? null : name,
      base: replacedBy !== null ? (replacedBy.ref ?? replacedBy.source) : told ? source : null,
      replaced: replacedBy !== null,
    };
  });
  const indexes = new Map(graph.stages.map(({ id, index }) => [id, index]));
  const used = new Set<string>();
  for (const { source, target: to, kind } of graph.edges)
    if (!leadsNowhere(stages[indexes.get(to)!] ?? AS_WRITTEN, kind)) used.add(source);
  const idleImages = graph.images.flatMap(({ id }) => (used.has(id) ? [] : [id]));
  return { stages, idleImages: new Set(idleImages) };
}
