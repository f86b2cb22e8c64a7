"use client";
/** The lines of edges: FROM solid, COPY --from dashed with an arrow, RUN --mount dotted. */
import { BaseEdge, getSmoothStepPath, Position, useStoreApi } from "@xyflow/react";
import { cx } from "@/components/ui/cx";
import {
  backHeight,
  curvePath,
  type Ends,
  FORWARD,
  PLAIN,
  pointOnCurve,
  pointOnWayBack,
  type Way,
} from "@/lib/graph/edge-curve";
import { useCanvasState } from "../canvas-state";
import type { EdgeModel } from "../models";
import { describeEdge } from "./edge-text";
import styles from "./edges.module.css";
import { usePulledEnd } from "./pulled-end";

const SIDES = { sourcePosition: Position.Right, targetPosition: Position.Left };

export type { Ends };

export function Line(props: {
  id: string;
  kind: EdgeModel["kind"];
  path: string;
  /** Further ends of a closed bundle. */
  branches?: readonly string[];
  active: boolean;
  /** Letting go where it is pulled to can't be. */
  refused?: boolean;
  title: string;
}) {
  const { id, kind, path, branches, active, refused, title } = props;
  const className = cx(styles.line, styles[kind], active && styles.active, refused && styles.refused);
  const markerEnd = kind === "from" ? undefined : `url(#canvas-arrow-${kind})`;
  return (
    <g className={styles.hit} data-testid={`edge-${kind}`}>
      <title>{title}</title>
      <BaseEdge id={id} path={path} className={className} markerEnd={markerEnd} interactionWidth={18} />
      {branches?.map((branch) => (
        <path key={branch} d={branch} className={className} markerEnd={markerEnd} />
      ))}
    </g>
  );
}

/** A line with its two ends to be pulled elsewhere, or on its way there under the pointer. */
export function PullableLine(props: {
  edge: EdgeModel;
  path: string;
  curve: ReturnType<typeof useCurve>;
  ends: Ends;
  active: boolean;
}) {
  const { edge, path, curve, ends, active } = props;
  const pulled = usePulledEnd(edge.id);
  const EdgeEnds = useCanvasState((s) => s.editing?.EdgeEnds);
  const line = { id: edge.id, kind: edge.kind, active, title: describeEdge(edge) };
  if (pulled)
    return <Line {...line} path={curve({ ...ends, ...pulled.ends }).path} refused={pulled.refused} />;
  return (
    <>
      <Line {...line} path={path} />
      {active && EdgeEnds && <EdgeEnds edge={edge} {...ends} />}
    </>
  );
}

/** From the end of the bundle's line down (or up) to another row. */
export function branch({ targetX, targetY: from }: Ends, to: number): string {
  const bend = Math.min(8, Math.abs(to - from));
  const x = targetX - 18;
  return `M ${x} ${from} V ${to - Math.sign(to - from) * bend} Q ${x} ${to} ${x + bend} ${to} H ${targetX}`;
}

/** Draws the line between two ends; one that has to go back leaves its own card by the side that is free. */
export function useCurve(source: string, { bends, label }: Way = PLAIN) {
  const flow = useStoreApi();
  return (ends: Ends) => {
    const { sourceX, sourceY, targetX } = ends;
    if (targetX > sourceX + FORWARD)
      return { path: curvePath(ends, bends), ...pointOnCurve(ends, bends, label) };
    const node = flow.getState().nodeLookup.get(source);
    const top = node?.internals.positionAbsolute.y ?? sourceY;
    const bottom = top + (node?.measured.height ?? 0);
    const centerY = backHeight(ends, top, bottom);
    const [path] = getSmoothStepPath({ ...ends, ...SIDES, centerY, borderRadius: 14, offset: 22 });
    return { path, ...pointOnWayBack(ends, centerY, label) };
  };
}
