/**
 * What the cards and edges draw, without what they don't (line numbers change with every line typed above): a part
 * that did not change keeps its identity, and what keeps its identity does not draw again.
 */
import type { CommentedInstruction, Dockerfile } from "@/lib/dockerfile";
import { commentedInstructions } from "@/lib/dockerfile/commented";
import { ARGUMENTS_NODE, type ArgumentNode } from "@/lib/graph/arguments";
import type { GraphEdge, ImageNode, StageGraph, StageNode } from "@/lib/graph/types";
import { AS_WRITTEN, leadsNowhere, type StageView, type TargetView } from "./target-view";

export interface RowModel {
  instruction: number;
  keyword: string;
  text: string;
  problem: string | null;
  /** What arrives at the row: it then has a handle. */
  arrives: "copy" | "mount" | null;
}

export interface CardModel {
  id: string;
  index: number;
  name: string | null;
  label: string;
  baseText: string;
  platform: string | null;
  comment: string | null;
  final: boolean;
  doubtful: boolean;
  collapsed: boolean;
  rows: readonly RowModel[];
  /** Instructions of it that stand in comments. */
  commented: readonly CommentedInstruction[];
  /** What the build options make of it. */
  view: StageView;
}

export interface EdgeModel {
  id: string;
  kind: GraphEdge["kind"];
  source: string;
  target: string;
  instruction: number;
  sources: readonly string[];
  destination: string | null;
}

/** All edges of one kind between the same two nodes: drawn as one, opened on hover. */
export interface BundleModel {
  id: string;
  kind: GraphEdge["kind"];
  source: string;
  target: string;
  members: readonly EdgeModel[];
  /** Dimmed: it leads to what is not built. */
  idle: boolean;
}

export type ImageModel = Pick<ImageNode, "id" | "ref" | "uses"> & {
  /** Nothing uses it that is built. */
  idle: boolean;
};

/** The ARGs before the first FROM, on one card. */
export interface ArgsModel {
  id: typeof ARGUMENTS_NODE;
  args: readonly ArgumentNode[];
}

export interface CanvasModels {
  /** Null where there is none. */
  args: ArgsModel | null;
  cards: readonly CardModel[];
  images: readonly ImageModel[];
  bundles: readonly BundleModel[];
}

export const NO_MODELS: CanvasModels = { args: null, cards: [], images: [], bundles: [] };

export interface Drawn {
  graph: StageGraph;
  tree: Dockerfile;
  view: TargetView;
  collapsed: Readonly<Record<string, boolean>>;
  args: readonly ArgumentNode[];
  /** One is being added, so that there is a card for it to be added on. */
  adding: boolean;
}

/** The models of before, and in them every part that is still the same. */
export function buildModels(drawn: Drawn, previous: CanvasModels): CanvasModels {
  const { graph, view, args, adding } = drawn;
  const own = args.length > 0 || adding ? [{ id: ARGUMENTS_NODE, args } as const] : [];
  const images = graph.images.map(({ id, ref, uses }) => ({ id, ref, uses, idle: view.idleImages.has(id) }));
  const next = {
    args: keep<ArgsModel>(own, previous.args ? [previous.args] : [])[0] ?? null,
    cards: cardsOf(drawn, previous.cards),
    images: keep(images, previous.images),
    bundles: bundlesOf(graph, view, previous.bundles),
  };
  const same = Object.entries(next).every(([key, part]) => part === previous[key as keyof CanvasModels]);
  return same ? previous : next;
}

function cardsOf({ graph, tree, view, collapsed }: Drawn, previous: CanvasModels["cards"]) {
  const arrivals = arrivalsByStage(graph.edges);
  const cards = graph.stages.map((stage) =>
    cardOf(stage, {
      collapsed: collapsed[stage.id] ?? false,
      arrivals: arrivals.get(stage.id) ?? NO_ARRIVALS,
      commented: commentedInstructions(tree, stage.index),
      view: view.stages[stage.index] ?? AS_WRITTEN,
    }),
  );
  const kept = keep(cards, previous);
  // So that next time the same object is found at once, without comparing again.
  for (const [i, stage] of graph.stages.entries()) {
    const entry = made.get(stage);
    if (entry) entry.card = kept[i]!;
  }
  return kept;
}

/** What arrives at which instruction; `key` tells equal ones apart from different ones. */
interface Arrivals {
  at: ReadonlyMap<number, "copy" | "mount">;
  key: string;
}
const NO_ARRIVALS: Arrivals = { at: new Map(), key: "" };

function arrivalsByStage(edges: readonly GraphEdge[]): ReadonlyMap<string, Arrivals> {
  const found = new Map<string, { at: Map<number, "copy" | "mount">; key: string }>();
  for (const { kind, target, instruction } of edges) {
    if (kind === "from") continue;
    let arrivals = found.get(target);
    if (!arrivals) {
      arrivals = { at: new Map(), key: "" };
      found.set(target, arrivals);
    }
    arrivals.at.set(instruction, kind);
    arrivals.key += `${instruction}${kind} `;
  }
  return found;
}

/** The graph keeps the stages that an edit did not touch: their cards need not be made and compared anew. */
const made = new WeakMap<StageNode, { card: CardModel; arrivals: string }>();

/** What a card shows that its stage in the graph does not say. */
interface Beside extends Pick<CardModel, "collapsed" | "commented" | "view"> {
  arrivals: Arrivals;
}

function cardOf(stage: StageNode, { collapsed, arrivals, commented, view }: Beside): CardModel {
  const known = made.get(stage);
  if (
    known &&
    known.card.collapsed === collapsed &&
    known.arrivals === arrivals.key &&
    known.card.commented === commented &&
    shared(known.card.view, view) === known.card.view
  )
    return known.card;
  const { id, index, name, label, baseText, platform, comment, final, doubtful } = stage;
  const rows = stage.rows.map(({ instruction, keyword, text, problem }) => ({
    instruction,
    keyword,
    text,
    problem,
    arrives: arrivals.at.get(instruction) ?? null,
  }));
  const said = { id, index, name, label, baseText, platform, comment, final, doubtful };
  const card = { ...said, collapsed, rows, commented, view };
  made.set(stage, { card, arrivals: arrivals.key });
  return card;
}

/** What the bundles were made of: most edits touch no edge. */
const madeOf = new WeakMap<readonly BundleModel[], { edges: readonly GraphEdge[]; view: TargetView }>();

function bundlesOf(graph: StageGraph, view: TargetView, previous: readonly BundleModel[]) {
  const before = madeOf.get(previous);
  if (before?.edges === graph.edges && before.view === view) return previous;
  const stages = new Map(graph.stages.map(({ id, index }) => [id, view.stages[index] ?? AS_WRITTEN]));
  const isIdle = (target: string, kind: GraphEdge["kind"]) =>
    leadsNowhere(stages.get(target) ?? AS_WRITTEN, kind);
  const bundles = keep(bundle(graph.edges, isIdle), previous);
  madeOf.set(bundles, { edges: graph.edges, view });
  return bundles;
}

function bundle(
  edges: readonly GraphEdge[],
  isIdle: (target: string, kind: GraphEdge["kind"]) => boolean,
): BundleModel[] {
  const groups = new Map<string, EdgeModel[]>();
  for (const { id, kind, source, target, instruction, sources, destination } of edges) {
    const key = `${kind}:${source}>${target}`;
    const group = groups.get(key) ?? [];
    group.push({ id, kind, source, target, instruction, sources, destination });
    groups.set(key, group);
  }
  return [...groups].map(([key, members]) => {
    const { id, kind, source, target } = members[0]!;
    return { id: members.length === 1 ? id : key, kind, source, target, members, idle: isIdle(target, kind) };
  });
}

/** `next`, with every part that equals its predecessor replaced by it, rows of a card included. */
function keep<T extends { id: string }>(next: readonly T[], previous: readonly T[]): readonly T[] {
  const before = new Map(previous.map((part) => [part.id, part]));
  const kept = next.map((part) => {
    const old = before.get(part.id);
    return old === undefined ? part : (shared(old, part) as T);
  });
  return kept.length === previous.length && kept.every((part, i) => part === previous[i]) ? previous : kept;
}

/** `next` with all that equals `old` taken from `old`; `old` itself where nothing differs. */
function shared(old: unknown, next: unknown): unknown {
  if (Object.is(old, next)) return old;
  if (Array.isArray(old) && Array.isArray(next)) {
    const parts = next.map((part, i) => shared(old[i], part));
    return parts.length === old.length && parts.every((part, i) => part === old[i]) ? old : parts;
  }
  if (!isRecord(old) || !isRecord(next)) return next;
  const parts = Object.fromEntries(Object.entries(next).map(([key, part]) => [key, shared(old[key], part)]));
  const same = Object.keys(old).length === Object.keys(parts).length;
  return same && Object.entries(parts).every(([key, part]) => part === old[key]) ? old : parts;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
