import type { ReactFlowInstance } from "@xyflow/react";
import { glideTime } from "../view";
import type { ComparedFlowEdge, ComparedNode } from "./flow";

/** Below it rows can't be read. */
const READABLE = 0.75;
const MARGIN = 24;

/** Moves the view where something is outside it or too small to read; else nothing moves. */
export function bringIntoView(
  frame: HTMLElement,
  element: Element,
  flow: ReactFlowInstance<ComparedNode, ComparedFlowEdge> | ReactFlowInstance,
): void {
  const box = element.getBoundingClientRect();
  const room = frame.getBoundingClientRect();
  const zoom = flow.getZoom();
  const inside =
    box.top >= room.top + MARGIN &&
    box.bottom <= room.bottom - MARGIN &&
    box.left >= room.left &&
    box.right <= room.right;
  if (inside && zoom >= READABLE) return;
  const middle = flow.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
  void flow.setCenter(middle.x, middle.y, { zoom: Math.max(zoom, READABLE), duration: glideTime() });
}
