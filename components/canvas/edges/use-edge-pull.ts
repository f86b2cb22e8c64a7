"use client";
/** Pulls one end of an edge to another card, row or image, with a mouse, a pen or a finger. */
import { useStoreApi } from "@xyflow/react";
import { type PointerEvent as ReactPointerEvent, useCallback } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { useCanvasStore } from "../canvas-state";
import { connect, connectionOver, type Pull } from "./connection";
import { landingAt } from "./landing";

/** Less than this is a click with an unsteady hand. */
const THRESHOLD = 4;

export function useEdgePull(pull: Pull) {
  const document_ = useDocumentStore();
  const canvas = useCanvasStore();
  const flow = useStoreApi();
  return useCallback(
    (down: ReactPointerEvent<Element>) => {
      if (down.button !== 0 || !down.isPrimary) return;
      down.stopPropagation();
      const { pointerId } = down;
      const start = { x: down.clientX, y: down.clientY };
      const stores = { document: document_, canvas };

      const pointIn = (event: PointerEvent) => {
        const frame = flow.getState().domNode?.getBoundingClientRect();
        return { x: event.clientX - (frame?.left ?? 0), y: event.clientY - (frame?.top ?? 0) };
      };
      const move = (event: PointerEvent) => {
        const { connecting, change } = canvas.getState();
        const far = Math.hypot(event.clientX - start.x, event.clientY - start.y) >= THRESHOLD;
        if (!connecting && !far) return;
        event.preventDefault();
        const pointer = pointIn(event);
        if (connecting) change({ connecting: { ...connecting, pointer } });
        else {
          const begun = { pull, over: null, left: true, plan: null, pointer };
          change({ connecting: begun, refusal: null, paths: null });
        }
        connectionOver(stores, landingAt(document_.getState(), pull, event.clientX, event.clientY));
      };
      const end = (event: Event) => {
        for (const [name, listener] of listeners) window.removeEventListener(name, listener, true);
        const { connecting, change } = canvas.getState();
        change({ connecting: null });
        if (event.type === "pointerup" && connecting?.over) {
          event.preventDefault();
          connect(stores, pull, connecting.over, pointIn(event as PointerEvent));
        }
      };
      const mine = (listener: (event: PointerEvent) => void) => (event: Event) => {
        if ((event as PointerEvent).pointerId === pointerId) listener(event as PointerEvent);
      };
      const onEscape = (event: Event) => {
        if ((event as KeyboardEvent).key !== "Escape") return;
        event.stopPropagation();
        end(event);
      };
      const listeners: [string, (event: Event) => void][] = [
        ["pointermove", mine(move)],
        ["pointerup", mine(end)],
        ["pointercancel", mine(end)],
        ["keydown", onEscape],
      ];
      for (const [name, listener] of listeners) window.addEventListener(name, listener, true);
    },
    [pull, document_, canvas, flow],
  );
}
