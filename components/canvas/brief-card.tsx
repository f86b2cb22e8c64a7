"use client";
/** A stage's card where its rows can't be read or seen: what it is called and what it weighs, in the room of the whole. */
import { type CSSProperties, memo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { formatBytes } from "@/lib/build/format";
import { cardStatus } from "./build-view";
import { useCanvasState } from "./canvas-state";
import { nameScale } from "./detail";
import type { CardModel } from "./models";
import styles from "./stage-card.module.css";
import target from "./target.module.css";

/** Pixels that a name has not: around it, and of the size below it. */
const ABOVE = 14;
const SIZE = 50;

export const BriefCard = memo(function BriefCard(props: { card: CardModel; height: number | undefined }) {
  const { card, height } = props;
  const { id, index, name, label, doubtful, view } = card;
  const status = useDocument((s) => cardStatus(s.build?.state.stages[index]));
  const size = useDocument((s) => s.build?.state.stages[index]?.size ?? null);
  const room = height === undefined ? undefined : height - (size === null ? ABOVE : ABOVE + SIZE);
  const idle = view.notBuiltFor !== null || view.replaced;
  const found = useCanvasState((s) => s.found?.has(id) ?? false);
  return (
    <article
      className={cx(styles.card, styles.brief, doubtful && styles.doubtful, idle && target.idle)}
      style={{ height }}
      data-testid="stage-card"
      data-brief=""
      data-idle={idle || undefined}
      data-stage-index={index}
      data-stage-name={name ?? ""}
      data-status={status}
      data-found={found || undefined}
    >
      <header className={styles.title}>
        <span
          className={cx(styles.name, name === null && styles.unnamed)}
          style={{ "--name-scale": nameScale(label, room) } as CSSProperties}
          data-testid="stage-name"
        >
          {label}
        </span>
      </header>
      {size !== null && (
        <span className={styles.size} data-testid="stage-size">
          {formatBytes(size)}
        </span>
      )}
    </article>
  );
});
