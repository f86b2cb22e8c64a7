/** A connection under way: where it is over, what letting go there would do, and doing it. */
import {
  type Connection,
  type ConnectionPlan,
  type ConnectionSource,
  planConnection,
  type ReferencePlace,
} from "@/lib/graph/connect";
import { BASE_PORT, type Point } from "@/lib/graph/layout";
import type { GraphEdge, StageId } from "@/lib/graph/types";
import type { DocumentStore } from "@/lib/store/types";
import { stageIndex } from "../build-view";
import { edgesAt } from "./open-edge";
import type { Stores } from "./stores";

/** What is drawn, or which end of which edge is pulled somewhere else. */
export type Pull =
  | { kind: "from" | "copy"; source: string }
  | { kind: "source"; edge: string }
  | { kind: "target"; edge: string };

/** Where it would be let go: on a card, and there before an instruction or on a RUN. */
export interface Landing {
  node: string;
  at?: number;
  run?: number;
}

export const kindOfHandle = (handle: string | null) => (handle === BASE_PORT ? "from" : "copy");

/** What letting go there would do; null where that is nothing at all. */
export function planFor(state: DocumentStore, pull: Pull, landing: Landing): ConnectionPlan | null {
  const connection = connectionFor(state, pull, landing);
  if (connection === null || "reason" in connection) return connection && { ok: false, ...connection };
  return planConnection(state.tree, connection, state.planAll);
}

function connectionFor(
  state: DocumentStore,
  pull: Pull,
  { node, at, run }: Landing,
): Connection | { reason: string; remedy: null } | null {
  const to = stageIndex(state.stageIds, node);
  if (pull.kind === "source") {
    const edge = placeOfEdge(state, pull.edge);
    const from = sourceOf(state, node);
    return edge && from && { kind: "source", edge, from };
  }
  if (to < 0) return refuse("An image takes nothing in: drag to a stage.");
  if (pull.kind === "target") {
    const edge = placeOfEdge(state, pull.edge);
    const known = state.graph.edges.find(({ id }) => id === pull.edge);
    if (!edge || !known) return null;
    const own = edge.stage === to;
    if (known.kind === "mount") {
      if (run === undefined) return refuse("Only RUN can have a mount: let go on a RUN.");
      return own && run === edge.instruction ? null : { kind: "mountTarget", edge, to, instruction: run };
    }
    const stays = own && (at === undefined || at === edge.instruction || at === edge.instruction + 1);
    return stays ? null : { kind: "target", edge, to, ...(at !== undefined && { at }) };
  }
  const from = sourceOf(state, pull.source);
  if (!from) return null;
  if (pull.kind === "from") return { kind: "from", from, to };
  return run === undefined
    ? { kind: "copy", from, to, ...(at !== undefined && { at }) }
    : { kind: "mount", from, to, instruction: run };
}

const refuse = (reason: string) => ({ reason, remedy: null });

/** The source that a node of the graph is; null for one that is not there. */
export function sourceOf(
  state: Pick<DocumentStore, "graph" | "stageIds">,
  node: string,
): ConnectionSource | null {
  const image = state.graph.images.find(({ id }) => id === node);
  if (image) return { kind: "image", ref: image.ref };
  const index = stageIndex(state.stageIds, node);
  return index < 0 ? null : { kind: "stage", index };
}

/** Where the text says an edge. */
export function placeOfEdge(
  state: Pick<DocumentStore, "graph" | "stageIds">,
  id: string,
): ReferencePlace | null {
  const edge = state.graph.edges.find((candidate) => candidate.id === id);
  return edge ? referencePlace(state, edge) : null;
}

export function referencePlace(
  { stageIds }: Pick<DocumentStore, "stageIds">,
  { target, instruction, reference }: GraphEdge,
): ReferencePlace {
  return { stage: stageIndex(stageIds, target), instruction, reference };
}

/** The pointer is over another place, or over none: says so, planning once a place. */
export function connectionOver({ document, canvas }: Stores, landing: Landing | null): void {
  const { connecting, change } = canvas.getState();
  if (!connecting) return;
  const { pull } = connecting;
  // It begins over its own card, where nothing needs to be said before it has left it.
  const own = landing !== null && "source" in pull && pull.source === landing.node;
  const left = connecting.left || !own;
  const over = own && !left ? null : landing;
  if (sameLanding(connecting.over, over) && connecting.left === left) return;
  const plan = over === null ? null : planFor(document.getState(), pull, over);
  change({ connecting: { ...connecting, over, left, plan } });
}

const sameLanding = (a: Landing | null, b: Landing | null) =>
  a?.node === b?.node && a?.at === b?.at && a?.run === b?.run;

/**
 * Writes the connection into the text, and opens the form for its paths where one was drawn. Where it can't be, says
 * why, at a point of the canvas (in pixels from its corner) if one is given.
 */
export function connect(stores: Stores, pull: Pull, landing: Landing, at?: Point): ConnectionPlan | null {
  const { document, canvas } = stores;
  const plan = planFor(document.getState(), pull, landing);
  if (plan?.ok) {
    const done = write(stores, plan.edits, pull.kind === "copy");
    if (done !== null) return { ok: false, reason: done, remedy: null };
  } else if (plan && at) {
    const { reason, remedy } = plan;
    canvas.getState().change({ refusal: { at, reason, remedy, opensEdge: pull.kind === "copy" } });
  }
  return plan;
}

/** Does what was planned, as one step, which the form that then opens belongs to. The reason where it can't be. */
export function write(
  { document, canvas }: Stores,
  edits: Parameters<DocumentStore["applyAll"]>[0],
  opensEdge: boolean,
): string | null {
  const result = document.getState().applyAll(edits);
  if (!result.ok) return result.reason;
  const { stageIds, graph, lastStep } = document.getState();
  const { stage = -1, instruction } = result.select ?? {};
  const target: StageId | undefined = stageIds[stage];
  if (opensEdge && target !== undefined && instruction !== undefined) {
    // A mount is written behind those that its RUN has.
    const edges = edgesAt(graph, target, instruction)
      .slice(-1)
      .map(({ id }) => id);
    canvas.getState().change({ paths: { stage: target, instruction, edges, drawn: lastStep() } });
  }
  return null;
}
