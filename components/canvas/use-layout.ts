"use client";
/** Gives every node a place once, and tidies when asked. Nothing else moves a node. */
import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { ARGUMENTS_NODE } from "@/lib/graph/arguments";
import type { Point, Size } from "@/lib/graph/layout";
import { placeBeside, placeNewcomers } from "@/lib/graph/placement";
import { useCanvasStore } from "./canvas-state";
import type { FlowNode } from "./flow-types";
import { useLiveModels } from "./live-models";
import type { BundleModel } from "./models";

/** `nodes` are those on the canvas, `sizes` what has been measured of them so far. */
export function useSettling(nodes: readonly FlowNode[], sizes: ReadonlyMap<string, Size>): void {
  const store = useDocumentStore();
  const flow = useStoreApi();
  const positions = useDocument((s) => s.positions);
  const running = useRef(false);
  const written = useWritten();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the graph has other nodes when they are others
  useEffect(() => {
    const { graph } = store.getState();
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
    void import("./layout-runner")
      .then(({ runLayout }) => runLayout(flow.getState(), written, graph))
      .catch((error: unknown) => {
        console.error("The automatic layout failed; nodes are placed one by one instead.", error);
        return placeNewcomers(graph, {}, sizeOf);
      })
      .then((places) => {
        running.current = false;
        settle(places);
      });
  }, [nodes, positions, sizes, store, flow, written]);
}

/** What stands on an edge, for the layout to leave room for it. */
function useWritten() {
  const models = useLiveModels();
  return useCallback(({ id }: { id: string }) => models.of(id) as BundleModel | undefined, [models]);
}

/** Lays out anew: the nodes glide to their places, as one step of the history. */
export function useTidy(): () => Promise<void> {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const flowStore = useStoreApi();
  const written = useWritten();
  const flow = useReactFlow();
  return useCallback(async () => {
    const { tidy } = await import("./tidy");
    await tidy({ store, canvas, flowStore, flow, written });
  }, [store, canvas, flowStore, flow, written]);
}
