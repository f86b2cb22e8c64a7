/** What Delete does to the selection, and what it would break. */
import type { DockerfileEdit } from "@/lib/dockerfile";
import { argumentsOf } from "@/lib/graph/arguments";
import { describeEdit, mountIndex, referenceAt } from "@/lib/graph/connect";
import type { GraphEdge } from "@/lib/graph/types";
import { type RowRange, selectedRows } from "@/lib/store/selection-slice";
import type { DocumentStore } from "@/lib/store/types";
import { stageIndex } from "./build-view";
import type { Refusal } from "./canvas-state";
import { referencePlace } from "./edges/connection";
import { lossesOf } from "./edges/losses";
import type { Stores } from "./edges/stores";
import { removeRows } from "./rows/row-edits";

export type RemovalPlan =
  | { kind: "none" }
  | { kind: "refused"; refusal: Omit<Refusal, "at"> }
  | { kind: "planned"; title: string; edits: DockerfileEdit[]; notes: string[] };

export function planRemoval(stores: Stores): RemovalPlan {
  const state = stores.document.getState();
  const { selection, graph } = state;
  const rows = selectedRows(selection);
  const lost = graph.edges.filter((each) =>
    rows
      ? each.kind === "copy" &&
        each.target === rows.stage &&
        rows.from <= each.instruction &&
        each.instruction < rows.to
      : selection.kind === "edge" && each.id === selection.edge,
  );
  const [edge] = lost;
  if (edge?.kind === "from") return { kind: "refused", refusal: keepsBase(stores, edge) };
  const wish = wishOf(state);
  if (wish === null) return { kind: "none" };
  if (typeof wish === "string") return { kind: "refused", refusal: { reason: wish, remedy: null } };
  const result = state.planAll(wish.edits);
  if (result.ok) {
    const losses = lost.flatMap((each) => lossesOf(state, each));
    return { kind: "planned", ...wish, notes: [...new Set([...result.notes, ...losses])] };
  }
  const { reason, remedy } = result;
  const help = remedy && { label: describeEdit(state.tree, remedy), edits: [remedy], notes: [] };
  return { kind: "refused", refusal: { reason, remedy: help ?? null } };
}

/** A FROM can't be deleted, only be another. */
function keepsBase(stores: Stores, edge: GraphEdge): Omit<Refusal, "at"> {
  const { graph } = stores.document.getState();
  const label = graph.stages.find(({ id }) => id === edge.target)?.label ?? "The stage";
  const { target: stage } = edge;
  const choosing = { kind: "base", stage, beside: { node: stage } } as const;
  const way = {
    label: "Choose another base",
    perform: () => stores.canvas.getState().change({ choosing }),
  };
  return {
    reason: `${label} always has a base: choose another, or remove the stage.`,
    remedy: null,
    way,
  };
}

/** The edit and what it is called; a sentence where the selection can't be deleted; null where nothing is. */
function wishOf(state: DocumentStore): { title: string; edits: DockerfileEdit[] } | string | null {
  const { selection, graph, stageIds } = state;
  switch (selection.kind) {
    case "none":
      return null;
    case "stage": {
      const stage = stageIndex(stageIds, selection.stage);
      const node = graph.stages[stage];
      return node ? { title: `Remove stage ${node.label}?`, edits: [{ type: "removeStage", stage }] } : null;
    }
    case "instruction":
      return removeInstructions(state, selectedRows(selection)!);
    case "edge": {
      const edge = graph.edges.find(({ id }) => id === selection.edge);
      if (!edge) return null;
      if (edge.kind === "copy") {
        const { target: stage, instruction } = edge;
        return removeInstructions(state, { stage, from: instruction, to: instruction + 1 });
      }
      return edge.kind === "mount" ? removeMount(state, edge) : null;
    }
    case "argument": {
      const arg = argumentsOf(state.tree).find(({ name }) => name === selection.argument);
      return arg
        ? { title: `Remove ARG ${arg.name}?`, edits: [{ type: "removeGlobalArg", arg: arg.index }] }
        : null;
    }
    case "image":
      return "An image is there as long as a stage uses it. Change the base or remove the COPY that uses it.";
  }
}

function removeInstructions(state: DocumentStore, { stage: id, from, to }: RowRange) {
  const stage = stageIndex(state.stageIds, id);
  const node = state.graph.stages[stage];
  const row = node?.rows.find((candidate) => candidate.instruction === from);
  if (!node || !row) return null;
  const what = to - from > 1 ? `${to - from} instructions` : row.keyword;
  return { title: `Remove ${what} from ${node.label}?`, edits: removeRows({ stage, from, to }) };
}

function removeMount(state: DocumentStore, edge: GraphEdge) {
  const { stage, instruction, reference } = referencePlace(state, edge);
  const mount = referenceAt(state.tree, { stage, instruction, reference });
  if (!mount) return null;
  const edits: DockerfileEdit[] = [{ type: "removeMount", stage, instruction, mount: mountIndex(mount) }];
  return { title: `Take the mount from ${mount.raw} away?`, edits };
}
