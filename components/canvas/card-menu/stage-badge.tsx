"use client";
/** A stage's number, which is also what its place in the file is dragged by. */
import { useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import styles from "./card-menu.module.css";

export function StageBadge({ id, index, readOnly }: { id: string; index: number; readOnly: boolean }) {
  const document = useDocumentStore();
  const canvas = useCanvasStore();
  const then = useCanvasState((s) => s.stageDrag?.numbers.get(id));
  const held = useCanvasState((s) => s.stageDrag?.stage === id);
  const title = `Stage ${index}: what --from=${index} means`;
  return (
    <span
      className={cx(styles.badge, !readOnly && styles.movable, !readOnly && "nodrag nopan")}
      title={readOnly ? title : `${title}. Drag it onto another stage to take that one's place in the file`}
      data-testid="stage-badge"
      data-held={held || undefined}
      data-then={then}
      onPointerDown={(event) => canvas.getState().editing?.dragStage(event, { document, canvas }, id)}
    >
      {then ?? index}
    </span>
  );
}
