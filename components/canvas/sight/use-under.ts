"use client";
/** Notes the card that the pointer rests on: it is drawn whole, so that it can be worked with at any zoom. */
import { type MouseEvent, useEffect, useMemo } from "react";
import { useCanvasStore } from "../canvas-state";
import type { FlowNode } from "../flow-types";

/** Milliseconds; cards that pass below a pointer while the view moves are not meant. */
const RESTS = 80;
/** For so long a card stays whole that only the cover (./use-cover) came over. */
const COVERED = 240;

export function useUnder(): {
  enter(event: MouseEvent, node: FlowNode): void;
  leave(event: MouseEvent): void;
} {
  const canvas = useCanvasStore();
  const under = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = () => {
      if (canvas.getState().under !== null) canvas.getState().change({ under: null });
    };
    return {
      enter: (_: MouseEvent, { id }: FlowNode) => {
        clearTimeout(timer);
        timer = setTimeout(() => canvas.getState().change({ under: id }), RESTS);
      },
      leave: ({ relatedTarget }: MouseEvent) => {
        clearTimeout(timer);
        const covered = relatedTarget instanceof Element && relatedTarget.matches(".react-flow__renderer");
        if (covered) timer = setTimeout(forget, COVERED);
        else forget();
      },
      stop: () => {
        clearTimeout(timer);
        forget();
      },
    };
  }, [canvas]);
  useEffect(() => under.stop, [under]);
  return under;
}
