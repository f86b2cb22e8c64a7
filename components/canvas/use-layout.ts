"use client";
/** Gives every node a place once, and tidies when asked. Nothing else moves a node. */
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { ARGUMENTS_NODE } from "@/lib/graph/arguments";
import type { Point, Size } from "@/lib/graph/layout";
import { placeBeside, placeNewcomers } from "@/lib/graph/placement";
import { useCanvasStore } from "./canvas-state";
import { layoutJob } from "./layout-job";
import { runLayout } from "./layout-runner";
import { calm, FIT } from "./view";

const GLIDE_MS = 320;

/** `sizes` is what has been measured so far. */
export function useSettling(sizes: ReadonlyMap<string, Size>): void {
  const store = useDocumentStore();
  const flow = useStoreApi();
  const graph = useDocument((s) => s.graph);
  const positions = useDocument((s) => s.positions);
  const running = useRef(false);

  useEffect(() => {
    const args = sizes.get(ARGUMENTS_NODE);
    if (args && !positions[ARGUMENTS_NODE] && graph.stages.every(({ id }) => positions[id])) {
      const standing = [...graph.stages, ...graph.images].flatMap(({ id }) =>
        positions[id] ? [[id, positions[id]]] : [],
      );
      const place = placeBeside(Object.fromEntries(standing), args);
      if (flow.getState().nodeLookup.has(ARGUMENTS_NODE))
        store.getState().settleNodes({ [ARGUMENTS_NODE]: place });
    }
    const ids = [...graph.stages, ...graph.images].map(({ id }) => id);
    const missing = ids.filter((id) => !positions[id]);
    if (missing.length === 0 || running.current || missing.some((id) => !sizes.has(id))) return;
    const sizeOf = (id: string) => sizes.get(id) ?? { width: 0, height: 0 };

    const settle = (places: Readonly<Record<string, Point>>) => {
      const now = store.getState();
      const fresh = Object.entries(places).filter(([id]) => !now.positions[id] && ids.includes(id));
      if (fresh.length > 0) now.settleNodes(Object.fromEntries(fresh));
    };
    if (missing.length < ids.length) {
      settle(placeNewcomers(graph, positions, sizeOf));
      return;
    }
    running.current = true;
    void runLayout(layoutJob(flow.getState()), graph)
      .catch((error: unknown) => {
        console.error("The automatic layout failed; nodes are placed one by one instead.", error);
        return placeNewcomers(graph, {}, sizeOf);
      })
      .then((places) => {
        running.current = false;
        settle(places);
      });
  }, [graph, positions, sizes, store, flow]);
}

/** Lays out anew: the nodes glide to their places, as one step of the history. */
export function useTidy(): () => Promise<void> {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const flowStore = useStoreApi();
  const flow = useReactFlow();
  return useCallback(async () => {
    const before = store.getState().positions;
    const places = await runLayout(layoutJob(flowStore.getState()), store.getState().graph);
    const args = flowStore.getState().nodeLookup.get(ARGUMENTS_NODE)?.measured;
    if (args)
      places[ARGUMENTS_NODE] = placeBeside(places, { width: args.width ?? 0, height: args.height ?? 0 });
    const { change } = canvas.getState();
    const from: Record<string, Point> = {};
    for (const id of Object.keys(places)) from[id] = before[id] ?? places[id]!;
    change({ moving: from });
    store.getState().placeNodes(places);
    if (!calm()) {
      await glide((part) => {
        const moving: Record<string, Point> = {};
        for (const [id, to] of Object.entries(places)) {
          const start = from[id]!;
          moving[id] = { x: start.x + (to.x - start.x) * part, y: start.y + (to.y - start.y) * part };
        }
        change({ moving });
      });
    }
    change({ moving: null });
    requestAnimationFrame(() => void flow.fitView({ ...FIT, duration: calm() ? 0 : 200 }));
  }, [store, canvas, flowStore, flow]);
}

/** Calls `draw` each frame with how far the glide is, eased, from 0 to 1. */
function glide(draw: (part: number) => void): Promise<void> {
  return new Promise((resolve) => {
    let start: number | undefined;
    const frame = (time: number) => {
      start ??= time;
      const part = Math.min(1, (time - start) / GLIDE_MS);
      draw(1 - (1 - part) ** 3);
      if (part < 1) requestAnimationFrame(frame);
      else resolve();
    };
    requestAnimationFrame(frame);
  });
}
