"use client";
import { type ReactFlowInstance, useNodesInitialized, useReactFlow } from "@xyflow/react";
import { useEffect, useState } from "react";
import { useCanvasStore } from "./canvas-state";
import type { FlowNode } from "./flow-types";
import { FIRST_LOOK, FIT, NARROW } from "./view";

/** Fits the graph into view when it is first drawn whole; false until then, so that nothing is seen jumping. */
export function useFirstFit(nodes: readonly FlowNode[]): boolean {
  const flow = useReactFlow();
  const measured = useNodesInitialized();
  const canvas = useCanvasStore();
  const [ready, setReady] = useState(false);
  const placed = nodes.every(({ className }) => className === undefined);
  const drawn = nodes.length === 0 || (measured && placed);
  useEffect(() => {
    if (ready || !drawn) return;
    if (nodes.length === 0) {
      setReady(true);
      return;
    }
    let canceled = false;
    void firstLook(flow, document.querySelector("[data-canvas]")).then(() => {
      if (!canceled) setReady(true);
    });
    return () => {
      canceled = true;
    };
  }, [ready, drawn, nodes.length, flow]);
  useEffect(() => {
    if (ready) canvas.getState().change({ drawn: true });
  }, [ready, canvas]);
  return ready;
}

/** The whole graph; where that would be too small to read, its beginning. */
export async function firstLook(
  flow: ReactFlowInstance<never, never> | ReactFlowInstance,
  canvas: Element | null,
) {
  await flow.fitView(FIT);
  const frame = canvas?.getBoundingClientRect();
  const { zoom } = flow.getViewport();
  if (!frame) return;
  const look = frame.width > NARROW ? FIRST_LOOK.wide : FIRST_LOOK.narrow;
  if (zoom >= look.least) return;
  // The stages are what one comes for; the ARGs stand beside them.
  const drawn = flow.getNodes().filter(({ type }) => type !== "args");
  const all = flow.getNodesBounds(drawn.map(({ id }) => id));
  const y = frame.height / 2 - (all.y + all.height / 2) * look.zoom;
  await flow.setViewport({ zoom: look.zoom, x: FIRST_LOOK.margin - all.x * look.zoom, y });
}
