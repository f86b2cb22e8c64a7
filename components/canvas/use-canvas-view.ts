"use client";
/** Hands what the canvas on screen can do to those who stand outside it, and to its own toolbar. */
import { useReactFlow } from "@xyflow/react";
import { useEffect, useMemo } from "react";
import { type CanvasView, useCanvasStore } from "./canvas-state";
import type { Deeds } from "./use-deeds";
import type { Keys } from "./use-keys";
import { useTidy } from "./use-layout";
import { FIT, glideTime } from "./view";

export function useCanvasView(deeds: Deeds, goTo: Keys["goTo"]): CanvasView {
  const canvas = useCanvasStore();
  const flow = useReactFlow();
  const tidy = useTidy();
  const view = useMemo<CanvasView>(
    () => ({
      deeds,
      goTo,
      fit: () => void flow.fitView({ ...FIT, duration: glideTime() }),
      zoomIn: () => void flow.zoomIn({ duration: glideTime() }),
      zoomOut: () => void flow.zoomOut({ duration: glideTime() }),
      tidy: () =>
        tidy().catch(() => deeds.refuse("The automatic layout failed. Nothing was moved; try it once more.")),
    }),
    [deeds, goTo, flow, tidy],
  );
  useEffect(() => {
    canvas.getState().change({ view });
    return () => canvas.getState().change({ view: null });
  }, [canvas, view]);
  return view;
}
