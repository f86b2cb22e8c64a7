"use client";
/** An edge of two versions: its kind by its dashes, as everywhere; what became of it by a sign on it. */
import { BaseEdge, type EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { cx } from "@/components/ui/cx";
import { SIGNS, WORDS } from "@/lib/graph/compare/marks";
import { useCurve } from "../edges/edge-line";
import { describeEdge, pathText } from "../edges/edge-text";
import edges from "../edges/edges.module.css";
import { OverEdges } from "../edges/over-edges";
import styles from "./compare.module.css";
import type { ComparedFlowEdge } from "./flow";

export const ComparedEdgeLine = memo(function ComparedEdgeLine(props: EdgeProps<ComparedFlowEdge>) {
  const { id, source, data, sourceX, sourceY, targetX, targetY } = props;
  const { bundle, mark } = data!;
  const { path, x, y } = useCurve(source)({ sourceX, sourceY, targetX, targetY });
  const { kind, members } = bundle;
  const [edge] = members;
  const text = [SIGNS[mark], pathText(members)].filter(Boolean).join(" ");
  return (
    <>
      <g data-testid="compared-edge" data-kind={kind} data-mark={mark}>
        <title>{`${WORDS[mark]}: ${describeEdge(edge!)}`}</title>
        <BaseEdge
          id={id}
          path={path}
          className={cx(edges.line, edges[kind], styles.edge, styles[mark])}
          markerEnd={kind === "from" ? undefined : `url(#canvas-arrow-${kind})`}
        />
      </g>
      {text !== "" && (
        <OverEdges>
          <span
            className={cx(edges.label, edges[`${kind}Label`], styles.label)}
            data-mark={mark}
            title={describeEdge(edge!)}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
          >
            {mark !== "same" && <span className="visually-hidden">{WORDS[mark]}: </span>}
            {text}
          </span>
        </OverEdges>
      )}
    </>
  );
});
