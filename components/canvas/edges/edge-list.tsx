"use client";
/** Several edges between the same two cards, or of one RUN, to choose from. */
import { Trash2 } from "lucide-react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { IconButton } from "@/components/ui/button";
import type { GraphEdge } from "@/lib/graph/types";
import { useCanvasStore } from "../canvas-state";
import styles from "./edge-panel.module.css";
import { openEdges } from "./open-edge";
import { nodeLabel } from "./panel-head";

export function EdgeList({
  edges,
  onRemove,
}: {
  edges: readonly GraphEdge[];
  onRemove: ((edge: GraphEdge) => void) | null;
}) {
  const document = useDocumentStore();
  const canvas = useCanvasStore();
  const graph = useDocument((s) => s.graph);
  const [{ source, target, kind }] = edges as [GraphEdge];
  const firstLine = graph.stages.find(({ id }) => id === target)?.startLine ?? 1;
  const sameSource = edges.every((edge) => edge.source === source);
  const words = kind === "copy" ? "copies" : "mounts";
  const title = sameSource
    ? `${edges.length} ${words} from ${nodeLabel(graph, source)}`
    : `${edges.length} ${words} of ${nodeLabel(graph, target)}`;
  return (
    <>
      <div className={styles.title}>{title}</div>
      <ul className={styles.list} aria-label={title}>
        {edges.map((edge) => (
          <li key={edge.id}>
            <button
              type="button"
              className={styles.item}
              onClick={() => openEdges({ document: document.getState(), canvas: canvas.getState() }, [edge])}
            >
              <span className={styles.line}>line {firstLine + edge.lineInStage}</span>
              <code>
                {!sameSource && `${nodeLabel(graph, edge.source)}: `}
                {edge.sources.join(" ") || "/"} → {edge.destination}
              </code>
            </button>
            {onRemove && (
              <IconButton
                label={`Delete ${edge.sources.join(" ")} → ${edge.destination}`}
                className={styles.icon}
                onClick={() => onRemove(edge)}
              >
                <Trash2 size={15} />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
