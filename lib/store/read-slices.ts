/** Text and places of a document that is only read: worked out once, since nothing ever changes them. */
import type { EditResult } from "../dockerfile";
import { parseDockerfile } from "../dockerfile/parse";
import { buildGraph, EMPTY_GRAPH } from "../graph/graph";
import { type TrackedStage, trackStages } from "../graph/identity";
import type { DocumentReading } from "../share/reading";
import type { GetStore, SetStore } from "./document-store";
import { graphShown } from "./graph-shown";
import type { TextParts } from "./text-slice";
import type { LayoutSlice, Point } from "./types";

export const ONLY_READ: EditResult = {
  ok: false,
  reason: "This document is open for reading only. Fork it to change it.",
};

export function createReadText(
  { text, places, options, findings }: DocumentReading,
  newId: () => string,
): TextParts {
  const tree = parseDockerfile(text);
  const found = tree.stages.map(({ range, name, index }) => ({ start: range.start, name, index }));
  const stageIds = trackStages([], [], () => remembered(places), found, newId).map(({ id }) => id);
  const graph = graphShown(tree, buildGraph(tree, stageIds, EMPTY_GRAPH), options);
  const refuse = () => ONLY_READ;
  const nothing = () => {};
  return {
    text,
    tree,
    stageIds,
    graph,
    findings,
    checked: true,
    canUndo: false,
    canRedo: false,
    plan: refuse,
    planAll: refuse,
    apply: refuse,
    applyAll: refuse,
    lastStep: () => null,
    replaceText: nothing,
    applyEdits: nothing,
    undo: nothing,
    redo: nothing,
    asOneStep: nothing,
    redraw: nothing,
    check: nothing,
  };
}

/** Stages that have a place in the document. */
function remembered(places: DocumentReading["places"]): TrackedStage[] {
  return Object.entries(places).flatMap(([id, { ref, start, name = null, index = -1 }]) =>
    ref === undefined ? [{ id, start, name, index }] : [],
  );
}

/** A reader's own layout is on the screen only. */
export function createReadLayout({ places }: DocumentReading, set: SetStore, get: GetStore): LayoutSlice {
  const place = (moved: Readonly<Record<string, Point>>) =>
    set({ positions: { ...get().positions, ...moved } });
  const entries = Object.entries(places);
  return {
    positions: Object.fromEntries(entries.map(([id, { x, y }]) => [id, { x, y }])),
    collapsed: Object.fromEntries(entries.flatMap(([id, { collapsed }]) => (collapsed ? [[id, true]] : []))),
    placeNodes: place,
    settleNodes: place,
    setCollapsed: () => {},
    setAllCollapsed: () => {},
  };
}
