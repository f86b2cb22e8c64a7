"use client";
/** The head of a stage's card: its name, what it is built on, and what its comment says of it. */
import { ChevronDown, ChevronRight, TriangleAlert } from "lucide-react";
import { type CSSProperties, memo } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { BaseNow } from "./base-now";
import type { cardStatus } from "./build-view";
import { useCanvasState, useCanvasStore } from "./canvas-state";
import { MenuButton } from "./card-menu/menu-button";
import { StageBadge } from "./card-menu/stage-badge";
import { nameScale } from "./detail";
import { ForetoldCount } from "./foretold-count";
import type { CardModel } from "./models";
import styles from "./stage-card.module.css";
import { StatePill } from "./state-pill";

interface HeadProps {
  card: Omit<CardModel, "rows" | "commented">;
  /** It has no instructions. */
  empty: boolean;
  status: ReturnType<typeof cardStatus>;
  readOnly: boolean;
}

export const CardHead = memo(function CardHead({ card, empty, status, readOnly }: HeadProps) {
  const { id, index, label, name, comment, collapsed, doubtful } = card;
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const RenameField = useCanvasState((s) =>
    s.renaming === id && s.shownAs === "graph" ? s.editing?.RenameField : undefined,
  );
  return (
    <header className={styles.head}>
      <div className={styles.title}>
        <StageBadge id={id} index={index} readOnly={readOnly} />
        {RenameField ? (
          <RenameField id={id} name={name ?? ""} label={label} />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: F2 on the card does the same
          <span
            className={cx(styles.name, name === null && styles.unnamed)}
            style={{ "--name-scale": nameScale(label) } as CSSProperties}
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
        {!RenameField && <ForetoldCount stage={index} />}
        {!RenameField && <StatePill index={index} status={status} />}
        {!RenameField && !readOnly && <MenuButton node={id} label={label} className={styles.menu} />}
        {!empty && (
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
}, sameHead);

const BELOW_HEAD: ReadonlySet<string> = new Set<keyof CardModel>(["rows", "commented"]);

/** Most of what is typed stands below the head. */
function sameHead({ card, ...rest }: HeadProps, { card: now, ...others }: HeadProps): boolean {
  return (
    (Object.keys(rest) as (keyof typeof rest)[]).every((key) => rest[key] === others[key]) &&
    (Object.keys(card) as (keyof typeof card)[]).every(
      (key) => BELOW_HEAD.has(key) || Object.is(card[key], now[key]),
    )
  );
}

/** What it is built on; pressed, it asks on what else. */
function From({ card, readOnly }: { card: HeadProps["card"]; readOnly: boolean }) {
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
