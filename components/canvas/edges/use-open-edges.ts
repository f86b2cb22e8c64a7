"use client";
import { useReactFlow } from "@xyflow/react";
import { type MouseEvent, useCallback } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { useCanvasStore } from "../canvas-state";
import type { EdgeModel } from "../models";
import { openEdges } from "./open-edge";

/** Opens edges where they are pressed. */
export function useOpenEdges(edges: readonly EdgeModel[]) {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const flow = useReactFlow();
  return useCallback(
    (event: MouseEvent) => {
      // What stands on an edge is a part of it for React, which would open the whole bundle.
      event.stopPropagation();
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY + 8 });
      openEdges({ document: store.getState(), canvas: canvas.getState() }, edges, at);
    },
    [edges, store, canvas, flow],
  );
}
