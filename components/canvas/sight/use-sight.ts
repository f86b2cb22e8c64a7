"use client";
/** Keeps the cards of a large graph whole that are in sight, a few a frame, so that the view moves without a stop. */
import { useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { useCanvasStore } from "../canvas-state";
import { detailAt, EVERYTHING } from "../detail";
import { cardsInSight, type InSight, stepTowards } from "./whole";
import { workedOn } from "./worked-on";

/** Cards drawn whole in one frame, while the view moves and while it rests. */
const MOVING = 1;
const RESTING = 4;
/** The view rests when it has not moved for so many milliseconds. */
const STILL = 150;

const NOTHING: InSight = { wanted: [], kept: new Set() };

/** @param large all cards of a graph that is not are whole anyway */
export function useSight(large: boolean): void {
  const document_ = useDocumentStore();
  const canvas = useCanvasStore();
  const flow = useStoreApi();
  useEffect(() => {
    if (!large) return;
    let detail = EVERYTHING;
    let asked = 0;
    let movedAt = 0;

    const look = (): InSight => {
      const { transform, width, height, nodeLookup } = flow.getState();
      const [left, top, zoom] = transform;
      detail = detailAt(zoom, detail);
      if (detail.shows === "names") return NOTHING;
      const cards = [...nodeLookup.values()].flatMap(({ id, type, measured, internals }) =>
        type === "stage"
          ? [{ id, ...internals.positionAbsolute, width: measured.width ?? 0, height: measured.height ?? 0 }]
          : [],
      );
      return cardsInSight(cards, {
        x: -left / zoom,
        y: -top / zoom,
        width: width / zoom,
        height: height / zoom,
      });
    };
    const step = () => {
      asked = 0;
      const { whole, change } = canvas.getState();
      const few = performance.now() - movedAt < STILL ? MOVING : RESTING;
      const next = stepTowards(whole, look(), workedOn(document_.getState(), canvas.getState()), few);
      if (next === whole) return;
      change({ whole: next });
      soon();
    };
    const soon = () => {
      if (asked === 0) asked = requestAnimationFrame(step);
    };
    /** What is worked on is there at once: it is about to have the focus, or something beside it. */
    const follow = () => {
      const { whole, change } = canvas.getState();
      const at = workedOn(document_.getState(), canvas.getState());
      if ([...at].some((id) => !whole.has(id))) change({ whole: new Set([...whole, ...at]) });
    };
    const stops = [
      flow.subscribe((now, before) => {
        if (now.transform !== before.transform) movedAt = performance.now();
        if (
          now.transform !== before.transform ||
          now.nodes !== before.nodes ||
          now.width !== before.width ||
          now.height !== before.height
        )
          soon();
      }),
      document_.subscribe((now, before) => {
        if (now.selection === before.selection) return;
        follow();
        soon();
      }),
      canvas.subscribe((now, before) => {
        if (now.whole !== before.whole || now.moving !== before.moving) return;
        follow();
        soon();
      }),
    ];
    follow();
    soon();
    return () => {
      cancelAnimationFrame(asked);
      for (const stop of stops) stop();
    };
  }, [large, document_, canvas, flow]);
}
