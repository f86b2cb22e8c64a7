"use client";
/** What a stage is built on, and for which platform; both are changed by the pickers that its card has, too. */
import { useDocument } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import type { GraphEdge } from "@/lib/graph/types";
import { useCanvasStore } from "../canvas-state";
import styles from "./edge-panel.module.css";
import { nodeLabel } from "./panel-head";

export function BasePanel({ edge, close }: { edge: GraphEdge; close(focus?: boolean): void }) {
  const canvas = useCanvasStore();
  const stage = useDocument((s) => nodeLabel(s.graph, edge.target));
  const base = useDocument((s) => nodeLabel(s.graph, edge.source));
  const platform = useDocument((s) => s.graph.stages.find(({ id }) => id === edge.target)?.platform ?? null);
  const choose = (kind: "base" | "platform") => {
    close(false);
    const choosing = { kind, stage: edge.target, beside: { node: edge.target } };
    canvas.getState().change({ choosing });
  };
  return (
    <>
      <p className={styles.sentence}>
        {stage} is built on {base}, for {platform ? <code>{platform}</code> : "the platform of the build"}.
      </p>
      <div className={styles.buttons}>
        <Button size="small" variant="primary" onClick={() => choose("base")}>
          Change base…
        </Button>
        <Button size="small" onClick={() => choose("platform")}>
          Change platform…
        </Button>
      </div>
    </>
  );
}
