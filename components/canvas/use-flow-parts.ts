"use client";
/** The store's graph as React Flow's nodes and edges, with what React Flow itself reports: sizes and drags. */
import type { OnNodeDrag, OnNodesChange } from "@xyflow/react";
import { useCallback, useMemo, useState, useSyncExternalStore } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import type { Point, Size } from "@/lib/graph/layout";
import { useCanvasState, useCanvasStore } from "./canvas-state";
import { FlowParts, isLarge } from "./flow-parts";
import type { FlowNode } from "./flow-types";
import { useLiveModels } from "./live-models";

export function useFlowParts() {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const models = useLiveModels();
  const positions = useDocument((s) => s.positions);
  const moving = useCanvasState((s) => s.moving);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const [parts] = useState(() => new FlowParts());
  const readNodes = () => parts.nodesOf(models.read(), positions, moving, sizes, canvas.getState().whole);
  const readEdges = () => parts.edgesOf(models.read());
  const nodes = useSyncExternalStore(models.subscribe, readNodes, readNodes);
  const edges = useSyncExternalStore(models.subscribe, readEdges, readEdges);
  const readLarge = () => isLarge(models.read());
  const large = useSyncExternalStore(models.subscribe, readLarge, readLarge);
  const known = useMemo(() => sizesOf(nodes), [nodes]);

  const onNodesChange = useCallback<OnNodesChange<FlowNode>>(
    (changes) => {
      const measured = new Map<string, Size>();
      const dragged: Record<string, Point> = {};
      for (const change of changes) {
        if (change.type === "dimensions" && change.dimensions) measured.set(change.id, change.dimensions);
        if (change.type === "position" && change.dragging && change.position)
          dragged[change.id] = change.position;
      }
      if (measured.size > 0) setSizes((before) => new Map([...before, ...measured]));
      if (Object.keys(dragged).length > 0) {
        const { moving: before, change } = canvas.getState();
        change({ moving: { ...before, ...dragged } });
      }
    },
    [canvas],
  );
  const onNodeDragStop = useCallback<OnNodeDrag<FlowNode>>(() => {
    const { moving: dragged, change } = canvas.getState();
    if (!dragged) return;
    const places = Object.fromEntries(
      Object.entries(dragged).map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]),
    );
    store.getState().placeNodes(places);
    change({ moving: null });
  }, [canvas, store]);

  return { nodes, edges, large, sizes: known, onNodesChange, onNodeDragStop };
}

/** By node, those that are known. */
function sizesOf(nodes: readonly FlowNode[]): ReadonlyMap<string, Size> {
  const sizes = new Map<string, Size>();
  for (const { id, measured } of nodes)
    if (measured?.width !== undefined && measured.height !== undefined)
      sizes.set(id, { width: measured.width, height: measured.height });
  return sizes;
}
