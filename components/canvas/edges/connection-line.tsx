"use client";
import { type ConnectionLineComponentProps, getBezierPath, Position, useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import type { FlowNode } from "../flow-types";
import { connectionOver, kindOfHandle } from "./connection";
import styles from "./edges.module.css";
import { landingAt } from "./landing";

/** The line that follows the pointer. A card is a target as a whole, not only where its handle is. */
export function ConnectionLine(props: ConnectionLineComponentProps<FlowNode>) {
  const { fromX, fromY, toX, toY, pointer, fromHandle } = props;
  const document = useDocumentStore();
  const canvas = useCanvasStore();
  const flow = useStoreApi();
  const refused = useCanvasState((s) => s.connecting?.plan?.ok === false);
  const { x, y } = pointer;

  useEffect(() => {
    const { pull } = canvas.getState().connecting ?? {};
    const frame = flow.getState().domNode?.getBoundingClientRect();
    if (!pull || !frame) return;
    const landing = landingAt(document.getState(), pull, frame.left + x, frame.top + y);
    connectionOver({ document, canvas }, landing);
  }, [x, y, flow, document, canvas]);

  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: Position.Right,
    targetX: toX,
    targetY: toY,
    targetPosition: Position.Left,
  });
  const kind = kindOfHandle(fromHandle.id ?? null);
  return (
    <path d={path} className={cx(styles.line, styles[kind], styles.active, refused && styles.refused)} />
  );
}
