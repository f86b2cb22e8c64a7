"use client";
/** Tells the style sheets how much there is room for; no card is drawn anew for it. */
import { useStoreApi } from "@xyflow/react";
import { type RefObject, useEffect } from "react";
import { detailAt, EVERYTHING } from "./detail";

export function useDetail(frame: RefObject<HTMLElement | null>): void {
  const flow = useStoreApi();
  useEffect(() => {
    let detail = EVERYTHING;
    const show = () => {
      const next = detailAt(flow.getState().transform[2], detail);
      if (next.shows === detail.shows && next.textScale === detail.textScale) return;
      detail = next;
      const { current } = frame;
      if (!current) return;
      current.dataset.detail = detail.shows;
      current.style.setProperty("--text-scale", String(detail.textScale));
    };
    show();
    return flow.subscribe(show);
  }, [flow, frame]);
}
