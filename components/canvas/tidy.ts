/** Lays out anew: the nodes glide to their places, as one step of the history. */
import type { ReactFlowInstance, ReactFlowState, useStoreApi } from "@xyflow/react";
import type { useDocumentStore } from "@/components/editor/document-context";
import { ARGUMENTS_NODE } from "@/lib/graph/arguments";
import type { Point } from "@/lib/graph/layout";
import { placeBeside } from "@/lib/graph/placement";
import type { useCanvasStore } from "./canvas-state";
import type { Written } from "./layout-job";
import { runLayout } from "./layout-runner";
import { calm, FIT } from "./view";

const GLIDE_MS = 320;

interface Canvas {
  store: ReturnType<typeof useDocumentStore>;
  canvas: ReturnType<typeof useCanvasStore>;
  flowStore: ReturnType<typeof useStoreApi>;
  flow: ReactFlowInstance;
  written: Written;
}

export async function tidy({ store, canvas, flowStore, flow, written }: Canvas): Promise<void> {
  const before = store.getState().positions;
  const places = await runLayout(flowStore.getState(), written, store.getState().graph);
  placeArguments(places, flowStore.getState());
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
}

/** The card of ARGs has no edges: it is placed beside the whole. */
function placeArguments(places: Record<string, Point>, { nodeLookup }: Pick<ReactFlowState, "nodeLookup">) {
  const size = nodeLookup.get(ARGUMENTS_NODE)?.measured;
  if (size)
    places[ARGUMENTS_NODE] = placeBeside(places, { width: size.width ?? 0, height: size.height ?? 0 });
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
