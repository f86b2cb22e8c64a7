"use client";
/**
 * While the wheel moves the view of a large graph, one element lies over all that is drawn: a browser looks for what is
 * below the pointer at every frame, and among hundreds of cards and lines that takes longer than the rest of the frame.
 */
import { type RefObject, useEffect } from "react";

/** Frames without a turn of the wheel after which it goes: before a hand can press. */
const FRAMES = 3;
/** What scrolls by itself. */
const SCROLLS = ".nowheel";

export function useCover(frame: RefObject<HTMLElement | null>, large: boolean): void {
  useEffect(() => {
    const { current } = frame;
    if (!large || !current) return;
    let left = 0;
    let asked = 0;
    const next = () => {
      left--;
      asked = left > 0 ? requestAnimationFrame(next) : 0;
      if (left === 0) delete current.dataset.wheeled;
    };
    const turn = ({ target }: Event) => {
      if (!(target instanceof Element) || !target.closest(".react-flow__renderer")) return;
      if (target.closest(SCROLLS)) return;
      left = FRAMES;
      current.dataset.wheeled = "";
      if (asked === 0) asked = requestAnimationFrame(next);
    };
    current.addEventListener("wheel", turn, { capture: true, passive: true });
    return () => {
      cancelAnimationFrame(asked);
      delete current.dataset.wheeled;
      current.removeEventListener("wheel", turn, { capture: true });
    };
  }, [frame, large]);
}
