"use client";
/** What can be done on the canvas by button, key or double-click: each one a function, none of them a gesture. */
import { useReactFlow } from "@xyflow/react";
import { useMemo } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import type { DockerfileEdit, Source } from "@/lib/dockerfile";
import type { Point } from "@/lib/graph/layout";
import type { StageGraph } from "@/lib/graph/types";
import { useCanvasStore } from "./canvas-state";

export interface Deeds {
  /** Asks for the base of a new stage, at a place of the graph where one is given, and then for its name. */
  addStage(at?: Point): void;
  /** Adds a stage on this base behind the one at `after`, and opens its name. The reason where it can't be. */
  createStage(base: Source, after: number, at: Point | null): string | null;
  rename(id: string): void;
  removeSelected(): void;
  /** Says why not, in the middle of the canvas or at a place of it (in pixels from its corner). */
  refuse(reason: string, at?: Point): void;
}

export function useDeeds(): Deeds {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const flow = useReactFlow();
  return useMemo(() => {
    const { change } = canvas.getState();
    const refuse: Deeds["refuse"] = (reason, at) =>
      change({ refusal: { at: at ?? middle(), reason, remedy: null } });
    return {
      addStage(at) {
        const { selection, stageIds } = store.getState();
        const selected = "stage" in selection ? stageIds.indexOf(selection.stage) : -1;
        const after = selected < 0 || at ? stageIds.length - 1 : selected;
        const node = stageIds[after];
        const beside = at ? flow.flowToScreenPosition(at) : selected >= 0 && node ? { node } : null;
        change({ choosing: { kind: "newStage", after, at: at ?? null, beside } });
      },
      createStage(base, after, at) {
        const { applyAll, graph, lastStep } = store.getState();
        const edits = stageOn(base, after, freeName(graph));
        const result = applyAll(edits);
        if (!result.ok) return result.reason;
        const id = result.select && store.getState().stageIds[result.select.stage];
        if (id === undefined) return null;
        if (at) store.getState().settleNodes({ [id]: { x: Math.round(at.x), y: Math.round(at.y) } });
        change({ renaming: id, renamingMade: lastStep() });
        if (!at) requestAnimationFrame(() => setTimeout(() => showNode(flow, id), 120));
        return null;
      },
      rename(id) {
        if (store.getState().rights.edit) change({ renaming: id });
      },
      removeSelected() {
        const plan = canvas.getState().editing?.planRemoval({ document: store, canvas });
        if (!plan) return;
        if (plan.kind === "refused") change({ refusal: { at: middle(), ...plan.refusal } });
        if (plan.kind !== "planned") return;
        const { title, edits, notes } = plan;
        if (notes.length > 0) change({ removal: { title, edits, notes } });
        else store.getState().applyAll(edits);
      },
      refuse,
    };
  }, [store, canvas, flow]);
}

/** Where a note stands that belongs to no place, in pixels from the corner of the canvas. */
export function middle(): Point {
  const box = document.querySelector("[data-canvas]")?.getBoundingClientRect();
  return box ? { x: Math.max(16, box.width / 2 - 160), y: Math.max(16, box.height / 3) } : { x: 16, y: 16 };
}

function showNode(flow: ReturnType<typeof useReactFlow>, id: string): void {
  const node = flow.getInternalNode(id);
  if (!node) return;
  const { x, y } = node.internals.positionAbsolute;
  const { width = 0, height = 0 } = node.measured;
  const a = flow.flowToScreenPosition({ x, y });
  const b = flow.flowToScreenPosition({ x: x + width, y: y + height });
  const frame = document.querySelector("[data-canvas]")?.getBoundingClientRect();
  if (!frame || (a.x >= frame.left && a.y >= frame.top && b.x <= frame.right && b.y <= frame.bottom)) return;
  void flow.setCenter(x + width / 2, y + height / 2, { zoom: flow.getZoom(), duration: 220 });
}

/** A name that no stage has; it is there to be typed over. */
function freeName({ stages }: StageGraph): string {
  const taken = new Set(stages.map(({ name }) => name));
  for (let n = 1; ; n++) {
    const name = n === 1 ? "stage" : `stage${n}`;
    if (!taken.has(name)) return name;
  }
}

/** A stage on a stage comes behind that one, wherever it was asked for. */
function stageOn(base: Source, after: number, name: string): DockerfileEdit[] {
  if (base.kind === "image") return [{ type: "addStage", name, base: base.ref, after }];
  const behind = Math.max(after, base.index);
  return [
    { type: "addStage", name, base: "scratch", after: behind },
    { type: "setBase", stage: behind + 1, base },
  ];
}
