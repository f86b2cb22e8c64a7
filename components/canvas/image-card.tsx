"use client";
/** An image from outside, that stages are built on or copy from. */
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { BASE_PORT, FILES_PORT } from "@/lib/graph/layout";
import { useCanvasState, useCanvasStore } from "./canvas-state";
import type { ImageFlowNode } from "./flow-types";
import styles from "./image-card.module.css";
import { ImageRef } from "./image-ref";
import { useModel } from "./live-models";
import type { ImageModel } from "./models";
import handles from "./stage-card.module.css";
import target from "./target.module.css";

const USE_WORDS = { from: "base", copy: "COPY --from", mount: "RUN --mount" };

export const ImageCard = memo(function ImageCard({ id }: NodeProps<ImageFlowNode>) {
  const image = useModel<ImageModel>(id);
  return image && <Card image={image} />;
});

const Card = memo(function Card({ image: { id, ref, uses, idle } }: { image: ImageModel }) {
  const canvas = useCanvasStore();
  const readOnly = useDocument((s) => !s.rights.edit);
  const selected = useDocument(
    (s) => s.selection.kind === "image" && (s.selection.image === id || s.selection.image === ref),
  );
  const found = useCanvasState((s) => s.found?.has(id) ?? false);
  const empty = ref === "scratch";
  return (
    <article
      className={cx(styles.card, selected && styles.selected, idle && target.idle)}
      data-testid="image-card"
      data-idle={idle || undefined}
      data-ref={ref}
      data-found={found || undefined}
      title={ref}
    >
      {readOnly ? (
        <div className={styles.ref}>
          <ImageRef image={ref} />
        </div>
      ) : (
        <button
          type="button"
          className={cx(styles.ref, styles.change, "nodrag")}
          title={`${ref}: choose another image for all that use it`}
          aria-label={`Replace ${ref} everywhere`}
          data-picker-spot=""
          data-testid="image-change"
          tabIndex={-1}
          onClick={() =>
            canvas.getState().change({ choosing: { kind: "image", image: id, beside: { node: id } } })
          }
        >
          <ImageRef image={ref} />
        </button>
      )}
      <div className={styles.uses}>
        {empty ? "empty base" : uses.map((use) => USE_WORDS[use]).join(" · ")}
      </div>
      <Handle
        type="source"
        id={BASE_PORT}
        position={Position.Right}
        isConnectable={!readOnly}
        className={cx(handles.handle, styles.base, readOnly && handles.quiet)}
        data-handle="base"
        title={readOnly ? undefined : `Drag to a stage: FROM ${ref}`}
      />
      <Handle
        type="source"
        id={FILES_PORT}
        position={Position.Right}
        isConnectable={!readOnly}
        className={cx(handles.handle, handles.filesLook, styles.files, (readOnly || empty) && handles.quiet)}
        data-handle="files"
        title={readOnly ? undefined : `Drag to a stage: COPY --from=${ref}; onto a RUN: mount into it`}
      />
    </article>
  );
});
