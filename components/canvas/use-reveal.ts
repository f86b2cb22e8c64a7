"use client";
/** Brings what was selected elsewhere into view, if it is out of it. */
import { type ReactFlowInstance, useReactFlow } from "@xyflow/react";
import { useEffect } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { placeElement } from "./focus";
import { placeOfSelection } from "./steps";
import { glideTime } from "./view";

const MARGIN = 24;
/** The search stands there. */
const SEARCH_MARGIN = 62;
/** The toolbar stands there. */
const BOTTOM_MARGIN = 64;

/** Zooms: below the first nothing but names can be read, at the second rows can. */
const UNREADABLE = 0.5;
const READABLE = 0.75;

export function useReveal(): void {
  const store = useDocumentStore();
  const flow = useReactFlow();
  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (state.selection === before.selection || state.selectionOrigin === "canvas") return;
        requestAnimationFrame(() => {
          const place = placeOfSelection(state.selection, state.graph);
          const element = place && placeElement(place);
          if (!element) return;
          // Who looks for a row wants to read it.
          const sought = state.selectionOrigin === "palette" && !element.closest("[data-list]");
          if (sought && flow.getZoom() < UNREADABLE) approach(flow, element);
          else reveal(flow, element);
        });
      }),
    [store, flow],
  );
}

/** Puts the element into the middle of the view, large enough to be read. */
function approach(flow: ReactFlowInstance, element: HTMLElement): void {
  const box = element.getBoundingClientRect();
  const { x, y } = flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
  void flow.setCenter(x, y, { zoom: READABLE, duration: glideTime() });
}

/** Moves the view by as little as shows the element; not at all where it shows already. */
export function reveal(
  flow: ReactFlowInstance<never, never> | ReactFlowInstance,
  element: HTMLElement,
): void {
  if (element.closest("[data-list]")) {
    element.scrollIntoView({ block: "nearest" });
    return;
  }
  const canvas = element.closest("[data-canvas]");
  const frame = canvas?.getBoundingClientRect();
  if (!frame || frame.width === 0) return;
  const box = element.getBoundingClientRect();
  const x = shift(box.left, box.right, frame.left + MARGIN, frame.right - MARGIN);
  const top = canvas?.querySelector("search") ? SEARCH_MARGIN : MARGIN;
  const y = shift(box.top, box.bottom, frame.top + top, frame.bottom - BOTTOM_MARGIN);
  if (x === 0 && y === 0) return;
  const view = flow.getViewport();
  void flow.setViewport({ ...view, x: view.x + x, y: view.y + y }, { duration: glideTime() });
}

function shift(start: number, end: number, from: number, to: number): number {
  // What is larger than the view is in view where any good part of it is.
  if (end - start > to - from) return end < from + 80 ? from - start : start > to - 80 ? from - start : 0;
  if (start < from) return from - start;
  return end > to ? to - end : 0;
}
