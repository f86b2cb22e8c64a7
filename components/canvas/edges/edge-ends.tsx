"use client";
/** The ends of an edge that is looked at, to be pulled to another card, row or image. */
import { useStore } from "@xyflow/react";
import { useMemo } from "react";
import { cx } from "@/components/ui/cx";
import type { EdgeModel } from "../models";
import type { Pull } from "./connection";
import styles from "./edges.module.css";
import { OverEdges } from "./over-edges";
import type { EdgeEndsProps } from "./pulled-end";
import { useEdgePull } from "./use-edge-pull";
import { useOpenEdges } from "./use-open-edges";

/** How far from the card, whose own handles lie at the very end of the line; in pixels of the screen. */
const AWAY = 17;

export function EdgeEnds({ edge, sourceX, sourceY, targetX, targetY }: EdgeEndsProps) {
  const zoom = useStore((s) => s.transform[2]);
  // Small far out, but never too small for a finger.
  const scale = 1 / Math.min(1, Math.max(zoom, 0.25));
  const away = Math.min(AWAY * scale, Math.abs(targetX - sourceX) / 3 || AWAY);
  return (
    <>
      <End edge={edge} end="source" x={sourceX + away} y={sourceY} scale={scale} />
      {edge.kind !== "from" && <End edge={edge} end="target" x={targetX - away} y={targetY} scale={scale} />}
    </>
  );
}

function End(props: { edge: EdgeModel; end: "source" | "target"; x: number; y: number; scale: number }) {
  const { edge, end, x, y, scale } = props;
  const pull = useMemo<Pull>(() => ({ kind: end, edge: edge.id }), [end, edge.id]);
  const edges = useMemo(() => [edge], [edge]);
  const start = useEdgePull(pull);
  const open = useOpenEdges(edges);
  return (
    // Above all lines: those of other edges that leave the same handle would lie over it.
    <OverEdges>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the edge's panel changes both ends by keyboard */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: and a command opens it */}
      <div
        className={cx(styles.end, "nodrag", "nopan")}
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px) scale(${scale})` }}
        data-testid={`edge-end-${end}`}
        title={titleOf(edge, end)}
        onPointerDown={start}
        onClick={open}
      />
    </OverEdges>
  );
}

function titleOf({ kind }: EdgeModel, end: "source" | "target"): string {
  if (end === "target") return kind === "mount" ? "Drag to another RUN" : "Drag to another place or stage";
  return kind === "from" ? "Drag to another base" : "Drag to another stage or image";
}
