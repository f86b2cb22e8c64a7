"use client";
/** The store's graph as React Flow's nodes and edges, with what React Flow itself reports: sizes and drags. */
import type { OnNodeDrag, OnNodesChange } from "@xyflow/react";
import { useCallback, useMemo, useRef, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { type ArgumentNode, argumentsOf } from "@/lib/graph/arguments";
import type { Point, Size } from "@/lib/graph/layout";
import { useCanvasState, useCanvasStore } from "./canvas-state";
import { FlowParts } from "./flow-parts";
import type { FlowNode } from "./flow-types";
import { buildModels, type CanvasModels, NO_MODELS } from "./models";

export function useFlowParts() {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const graph = useDocument((s) => s.graph);
  const globalArgs = useDocument((s) => s.tree.globalArgs);
  const adding = useCanvasState((s) => s.argument?.name === null);
  const stale = graph.stale;
  const shown = useRef<readonly ArgumentNode[]>([]);
  const args = useMemo(() => {
    // Of broken text the last good ones stay, as all of the picture does.
    if (!stale) shown.current = argumentsOf({ globalArgs });
    return shown.current;
  }, [globalArgs, stale]);
  const positions = useDocument((s) => s.positions);
  const collapsed = useDocument((s) => s.collapsed);
  const moving = useCanvasState((s) => s.moving);
  const [sizes, setSizes] = useState<ReadonlyMap<string, Size>>(new Map());
  const [parts] = useState(() => new FlowParts());

  const last = useRef<CanvasModels>(NO_MODELS);
  const models = useMemo(() => {
    const next = buildModels(graph, collapsed, args, adding, last.current);
    const { cards, images, bundles, edges } = last.current;
    const same =
      next.args === last.current.args &&
      next.cards === cards &&
      next.images === images &&
      next.bundles === bundles &&
      next.edges === edges;
    if (!same) last.current = next;
    return last.current;
  }, [graph, collapsed, args, adding]);
  const nodes = useMemo(
    () => parts.nodesOf(models, positions, moving, sizes),
    [parts, models, positions, moving, sizes],
  );
  const edges = useMemo(() => parts.edgesOf(models), [parts, models]);

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

  return { models, nodes, edges, sizes, onNodesChange, onNodeDragStop };
}
