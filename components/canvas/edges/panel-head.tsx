"use client";
/** What an edge joins, each end a button that goes there, and what takes it away. */
import { Trash2, X } from "lucide-react";
import { useDocument } from "@/components/editor/document-context";
import { IconButton } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import type { GraphEdge, StageGraph } from "@/lib/graph/types";
import { useCanvasStore } from "../canvas-state";
import panel from "../panel.module.css";
import styles from "./edge-panel.module.css";

const WORDS = { from: "FROM", copy: "COPY --from", mount: "RUN --mount" };

export function PanelHead({
  edge,
  onRemove,
  onLeave,
  onClose,
}: {
  edge: GraphEdge;
  onRemove: (() => void) | null;
  /** One of its ends has the focus now. */
  onLeave(): void;
  onClose(): void;
}) {
  const canvas = useCanvasStore();
  const source = useDocument((s) => nodeLabel(s.graph, edge.source));
  const target = useDocument((s) => nodeLabel(s.graph, edge.target));
  const go = (node: string, instruction: number | null) => {
    onLeave();
    canvas.getState().view?.goTo({ node, instruction });
  };
  return (
    <div className={cx(panel.head, styles.head)}>
      <span className={styles.kind} data-kind={edge.kind}>
        {WORDS[edge.kind]}
      </span>
      <span className={styles.ends}>
        <button type="button" title={`Go to ${source}`} onClick={() => go(edge.source, null)}>
          {source}
        </button>
        <span aria-hidden="true">→</span>
        <button
          type="button"
          title={`Go to ${target}`}
          onClick={() => go(edge.target, edge.instruction || null)}
        >
          {target}
        </button>
      </span>
      {onRemove && (
        <IconButton label="Delete the edge" className={styles.icon} onClick={onRemove}>
          <Trash2 size={15} />
        </IconButton>
      )}
      <IconButton label="Close" className={styles.icon} onClick={onClose}>
        <X size={15} />
      </IconButton>
    </div>
  );
}

export function nodeLabel({ stages, images }: StageGraph, node: string): string {
  return (
    stages.find(({ id }) => id === node)?.label ?? images.find(({ id }) => id === node)?.ref ?? "what is gone"
  );
}
