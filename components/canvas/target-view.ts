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

interface TargetView {
  stages: readonly StageView[];
  /** Ids of images that nothing uses which is built. */
  idleImages: ReadonlySet<string>;
}

type Facts = Pick<DocumentStore, "tree" | "graph" | "options">;

const views = new WeakMap<StageGraph, { build: ResolvedBuild; options: BuildOptions; view: TargetView }>();

/** Worked out once a graph and its options, so that a selector may ask. */
function viewOf({ tree, graph, options }: Facts): TargetView {
  const build = buildOf(tree, options);
  const before = views.get(graph);
  if (before?.build === build && before.options === options) return before.view;
  const view = look(build, graph, options, (index) => tree.stages[index]?.baseText ?? "");
  views.set(graph, { build, options, view });
  return view;
}

const AS_WRITTEN: StageView = { notBuiltFor: null, base: null, replaced: false };

export function stageView(facts: Facts, index: number): StageView {
  return viewOf(facts).stages[index] ?? AS_WRITTEN;
}

/** Dimmed with what it leads to. */
export function isIdleEdge(facts: Facts, target: number, kind: GraphEdge["kind"]): boolean {
  return leadsNowhere(stageView(facts, target), kind);
}

export function isIdleImage(facts: Facts, image: string): boolean {
  return viewOf(facts).idleImages.has(image);
}

function leadsNowhere({ notBuiltFor, replaced }: StageView, kind: GraphEdge["kind"]): boolean {
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
