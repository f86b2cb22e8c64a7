"use client";
/** A stage as a card: what it is called, what it is built on, what it does, how its build goes and what it weighs. */
import { Handle, type NodeProps, Position, useUpdateNodeInternals } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { useDocument } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { BASE_PORT, FILES_PORT, TOP_PORT } from "@/lib/graph/layout";
import { BriefCard } from "./brief-card";
import { cardStatus } from "./build-view";
import { useCanvasState } from "./canvas-state";
import { CardFooter } from "./card-footer";
import { CardHead } from "./card-head";
import type { StageFlowNode } from "./flow-types";
import { useModel } from "./live-models";
import type { CardModel } from "./models";
import { Rows } from "./rows/rows";
import styles from "./stage-card.module.css";
import target from "./target.module.css";

export const StageCard = memo(function StageCard({ id, data, height }: NodeProps<StageFlowNode>) {
  const card = useModel<CardModel>(id);
  const whole = useCanvasState((s) => !data.large || s.whole.has(id));
  return card && (whole ? <Card card={card} /> : <BriefCard card={card} height={height} />);
});

const Card = memo(function Card({ card }: { card: CardModel }) {
  const { id, index, view } = card;
  const readOnly = useDocument((s) => !s.rights.edit);
  const build = useDocument((s) => s.build?.state.stages[index]);
  const selected = useDocument(
    (s) => (s.selection.kind === "stage" || s.selection.kind === "instruction") && s.selection.stage === id,
  );
  const offered = useCanvasState((s) =>
    s.connecting?.over?.node === id ? (s.connecting.plan?.ok ? "yes" : "no") : undefined,
  );
  const takesPlace = useCanvasState((s) =>
    s.stageDrag?.over === id ? (s.stageDrag.plan?.ok ? "yes" : "no") : undefined,
  );
  const found = useCanvasState((s) => s.found?.has(id) ?? false);
  const idle = view.notBuiltFor !== null || view.replaced;
  const status = cardStatus(build);
  useFreshHandles(id, card.collapsed ? "" : card.rows.map((row) => row.arrives ?? "-").join());

  return (
    <article
      className={cx(
        styles.card,
        selected && styles.selected,
        card.doubtful && styles.doubtful,
        idle && target.idle,
      )}
      data-testid="stage-card"
      data-idle={idle || undefined}
      data-stage-index={index}
      data-stage-name={card.name ?? ""}
      data-status={status}
      data-drop={offered}
      data-found={found || undefined}
      data-selected={selected || undefined}
      data-take-place={takesPlace}
    >
      <Handle
        type="target"
        id={TOP_PORT}
        position={Position.Left}
        isConnectable={false}
        className={cx(styles.handle, styles.top)}
        data-handle="top"
      />
      <CardHead card={card} empty={card.rows.length === 0} status={status} readOnly={readOnly} />
      {!card.collapsed && <Rows card={card} build={build} />}
      <CardFooter card={card} build={build} />
      {status === "running" && build?.lastLine && (
        <div className={styles.lastLine} title={build.lastLine} data-testid="last-line">
          {build.lastLine}
        </div>
      )}
      <Handle
        type="source"
        id={BASE_PORT}
        position={Position.Right}
        isConnectable={!readOnly}
        className={cx(styles.handle, styles.base, readOnly && styles.quiet)}
        data-handle="base"
        title={readOnly ? undefined : `Drag to a stage: FROM ${card.label}`}
      />
      <Handle
        type="source"
        id={FILES_PORT}
        position={Position.Right}
        isConnectable={!readOnly}
        className={cx(styles.handle, styles.files, readOnly && styles.quiet)}
        data-handle="files"
        title={readOnly ? undefined : `Drag to a stage: COPY --from=${card.label}; onto a RUN: mount into it`}
      />
    </article>
  );
});

/** React Flow measures handles when a node's size changes; rows can trade handles without that. */
function useFreshHandles(id: string, handles: string): void {
  const update = useUpdateNodeInternals();
  const before = useRef(handles);
  useEffect(() => {
    if (before.current === handles) return;
    before.current = handles;
    update(id);
  }, [id, handles, update]);
}
