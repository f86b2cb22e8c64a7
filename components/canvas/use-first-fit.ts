"use client";
import { type ReactFlowInstance, useNodesInitialized, useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect, useRef, useState } from "react";
import type { Size } from "@/lib/graph/layout";
import { useCanvasStore } from "./canvas-state";
import type { FlowNode } from "./flow-types";
import { FIRST_LOOK, FIT, NARROW } from "./view";

/** As many cards on a canvas that was empty were not drawn there one by one: a template, a paste, a file. */
const FILLED = 3;

/**
 * Fits the graph into view when it is first drawn whole, and when an empty canvas is filled; false until it is drawn
 * first, so that nothing is seen jumping.
 */
export function useFirstFit(nodes: readonly FlowNode[]): boolean {
  const flow = useReactFlow();
  const store = useStoreApi();
  const measured = useNodesInitialized();
  const canvas = useCanvasStore();
  const [ready, setReady] = useState(false);
  const blank = useRef(false);
  const placed = nodes.every(({ className }) => className === undefined);
  const drawn = nodes.length === 0 || (measured && placed);
  useEffect(() => {
    if (ready || !drawn) return;
    if (nodes.length === 0) {
      setReady(true);
      return;
    }
    let canceled = false;
    // Asked of the page itself, it would lay out all that has just been drawn, and again once the view is there.
    void firstLook(flow, store.getState()).then(() => {
      if (!canceled) setReady(true);
    });
    return () => {
      canceled = true;
    };
  }, [ready, drawn, nodes.length, flow, store]);
  useEffect(() => {
    if (ready && nodes.length === 0) blank.current = true;
    if (!blank.current || !drawn || nodes.length === 0) return;
    blank.current = false;
    if (nodes.length >= FILLED) void firstLook(flow, store.getState());
  }, [ready, drawn, nodes.length, flow, store]);
  useEffect(() => {
    if (ready) canvas.getState().change({ drawn: true });
  }, [ready, canvas]);
  return ready;
}

/** The whole graph; where that would be too small to read, its beginning. */
export async function firstLook(flow: ReactFlowInstance, frame: Size): Promise<void> {
  await flow.fitView(FIT);
  const look = frame.width > NARROW ? FIRST_LOOK.wide : FIRST_LOOK.narrow;
  if (flow.getZoom() >= look.least) return;
  const { lookAtBeginning } = await import("./look-at-beginning");
  await lookAtBeginning(flow, frame, look.zoom);
}
