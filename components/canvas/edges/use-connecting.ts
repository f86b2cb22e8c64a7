"use client";
/** The drag of a new connection, from its handle to where it is let go. */
import type { OnConnectEnd, OnConnectStart } from "@xyflow/react";
import { useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import type { Point } from "@/lib/graph/layout";
import { useCanvasStore } from "../canvas-state";
import { connect, connectionOver, kindOfHandle } from "./connection";
import { landingAt } from "./landing";

export function useConnecting() {
  const document_ = useDocumentStore();
  const canvas = useCanvasStore();
  const flow = useStoreApi();
  /** Ends the listening for Escape, which lets go without doing it. */
  const quiet = useRef(() => {});
  useEffect(() => () => quiet.current(), []);
  const start = useCallback<OnConnectStart>(
    (_, { nodeId, handleId }) => {
      if (nodeId === null) return;
      const onKey = (event: KeyboardEvent) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        quiet.current();
        canvas.getState().change({ connecting: null });
        flow.getState().cancelConnection();
      };
      window.addEventListener("keydown", onKey, true);
      quiet.current = () => window.removeEventListener("keydown", onKey, true);
      const pull = { kind: kindOfHandle(handleId), source: nodeId } as const;
      canvas.getState().change({
        connecting: { pull, over: null, left: false, plan: null },
        refusal: null,
        paths: null,
      });
    },
    [canvas, flow],
  );
  const end = useCallback<OnConnectEnd>(
    (event, { pointer }) => {
      const stores = { document: document_, canvas };
      const { connecting, change } = canvas.getState();
      quiet.current();
      if (!connecting) return;
      const { pull } = connecting;
      const { x, y } = clientPoint(event);
      connectionOver(stores, landingAt(document_.getState(), pull, x, y));
      const over = canvas.getState().connecting?.over;
      change({ connecting: null });
      if (!over || ("source" in pull && over.node === pull.source)) return;
      connect(stores, pull, over, pointer ?? { x: 16, y: 16 });
    },
    [document_, canvas],
  );
  return { start, end };
}

function clientPoint(event: MouseEvent | TouchEvent): Point {
  const { clientX: x, clientY: y } = "changedTouches" in event ? event.changedTouches[0]! : event;
  return { x, y };
}
