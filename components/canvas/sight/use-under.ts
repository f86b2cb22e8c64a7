"use client";
/** Notes the card that the pointer rests on: it is drawn whole, so that it can be worked with at any zoom. */
import { type MouseEvent, useEffect, useMemo } from "react";
import { useCanvasStore } from "../canvas-state";
import type { FlowNode } from "../flow-types";

/** Milliseconds; cards that pass below a pointer while the view moves are not meant. */
const RESTS = 80;

export function useUnder(): { enter(event: MouseEvent, node: FlowNode): void; leave(): void } {
  const canvas = useCanvasStore();
  const under = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return {
      enter: (_: MouseEvent, { id }: FlowNode) => {
        clearTimeout(timer);
        timer = setTimeout(() => canvas.getState().change({ under: id }), RESTS);
      },
      leave: () => {
        clearTimeout(timer);
        if (canvas.getState().under !== null) canvas.getState().change({ under: null });
      },
    };
  }, [canvas]);
  useEffect(() => under.leave, [under]);
  return under;
}
