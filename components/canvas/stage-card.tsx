"use client";
/** A stage as a card: what it is called, what it is built on, what it does, how its build goes and what it weighs. */
import { Handle, type NodeProps, Position, useUpdateNodeInternals } from "@xyflow/react";
import { ChevronDown, ChevronRight, TriangleAlert } from "lucide-react";
import { type CSSProperties, memo, useEffect, useRef } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { BASE_PORT, FILES_PORT, TOP_PORT } from "@/lib/graph/layout";
import { BaseNow } from "./base-now";
import { BriefCard } from "./brief-card";
import { cardStatus } from "./build-view";
import { useCanvasState, useCanvasStore } from "./canvas-state";
import { CardFooter } from "./card-footer";
import { MenuButton } from "./card-menu/menu-button";
import { StageBadge } from "./card-menu/stage-badge";
import { longestWord } from "./detail";
import type { StageFlowNode } from "./flow-types";
import { ForetoldCount } from "./foretold-count";
import { useModel } from "./live-models";
import type { CardModel } from "./models";
import { RenameField } from "./rename-field";
import { Rows } from "./rows/rows";
import styles from "./stage-card.module.css";
import { StatePill } from "./state-pill";
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
      <CardHead card={card} status={status} readOnly={readOnly} />
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

function CardHead({
  card,
  status,
  readOnly,
}: {
  card: CardModel;
  status: ReturnType<typeof cardStatus>;
  readOnly: boolean;
}) {
  const { id, index, label, name, comment, collapsed, doubtful, rows } = card;
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const renaming = useCanvasState((s) => s.renaming === id && s.shownAs === "graph");
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <StageBadge id={id} index={index} readOnly={readOnly} />
        {renaming ? (
          <RenameField id={id} name={name ?? ""} label={label} />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: F2 on the card does the same
          <span
            className={cx(styles.name, name === null && styles.unnamed)}
            style={{ "--letters": longestWord(label) } as CSSProperties}
            title={comment ? `${label}: ${comment}` : label}
            onDoubleClick={() => !readOnly && canvas.getState().change({ renaming: id })}
            data-testid="stage-name"
          >
            {label}
          </span>
        )}
        {doubtful && (
          <span className={styles.warning} title="Something in this stage does not parse">
            <TriangleAlert size={14} aria-hidden="true" />
            <span className="visually-hidden">does not parse</span>
          </span>
        )}
        {!renaming && <ForetoldCount stage={index} />}
        {!renaming && <StatePill index={index} status={status} />}
        {!renaming && !readOnly && <MenuButton node={id} label={label} className={styles.menu} />}
        {rows.length > 0 && (
          <button
            type="button"
            className={cx(styles.fold, "nodrag")}
            aria-expanded={!collapsed}
            aria-label={collapsed ? `Show the instructions of ${label}` : `Hide the instructions of ${label}`}
            onClick={(event) => {
              event.stopPropagation();
              store.getState().setCollapsed(id, !collapsed);
            }}
            tabIndex={-1}
          >
            {collapsed ? <ChevronRight size={14} /> : <ChevronDown size={14} />}
          </button>
        )}
      </div>
      <From card={card} readOnly={readOnly} />
      {comment && (
        <p className={styles.comment} title={comment} data-testid="stage-comment">
          {comment}
        </p>
      )}
    </header>
  );
}

/** What it is built on; pressed, it asks on what else. */
function From({ card, readOnly }: { card: CardModel; readOnly: boolean }) {
  const { id, label, baseText, platform } = card;
  const canvas = useCanvasStore();
  const text = (
    <>
      <span className={styles.fromWord}>FROM</span> {platform && `--platform=${platform} `}
      {baseText}
      <BaseNow view={card.view} />
    </>
  );
  const title = `FROM ${baseText}`;
  if (readOnly) {
    return (
      <div className={styles.from} title={title}>
        {text}
      </div>
    );
  }
  return (
    <button
      type="button"
      className={cx(styles.from, styles.fromButton, "nodrag")}
      title={`${title}: choose another base`}
      aria-label={`${title}, choose another base for ${label}`}
      data-picker-spot=""
      data-testid="stage-base"
      tabIndex={-1}
      onClick={() =>
        canvas.getState().change({ choosing: { kind: "base", stage: id, beside: { node: id } } })
      }
    >
      {text}
    </button>
  );
}

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
