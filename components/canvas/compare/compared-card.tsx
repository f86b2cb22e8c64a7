"use client";
/** A stage of two versions as one card: what its head, its instructions and its size were and are. */
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { cx } from "@/components/ui/cx";
import { formatCount } from "@/lib/build/format";
import { formatDifference } from "@/lib/build/size-difference";
import { labelOf } from "@/lib/graph/compare/changes";
import type { ComparedRow, ComparedStage } from "@/lib/graph/compare/types";
import { BASE_PORT, FILES_PORT, rowPort, TOP_PORT } from "@/lib/graph/layout";
import card from "../stage-card.module.css";
import styles from "./compare.module.css";
import { type ComparedStageNode, isClosed, placeOf } from "./flow";
import { MarkPill, MarkSign, WasAndIs } from "./mark-sign";
import { SizeFooter } from "./size-footer";

export const ComparedStageCard = memo(function ComparedStageCard({ data }: NodeProps<ComparedStageNode>) {
  const { stage, arrivals, size, rows, scale } = data.card;
  const closed = isClosed(stage);
  return (
    <article
      className={cx(card.card, styles.card)}
      data-testid="compared-stage"
      data-label={labelOf(stage)}
      data-mark={stage.mark}
    >
      <Handle
        type="target"
        id={TOP_PORT}
        position={Position.Left}
        isConnectable={false}
        className={cx(card.handle, card.top)}
      />
      <Head stage={stage} />
      {closed ? (
        <p className={styles.folded}>
          {stage.rows.length === 0
            ? "no instructions"
            : `${formatCount(stage.rows.length, "instruction")}, the same`}
        </p>
      ) : (
        <ol className={card.rows}>
          {stage.rows.map((row, at) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of one comparison, drawn at once
              key={at}
              stage={stage}
              row={row}
              at={at}
              arrives={arrivals.has(at)}
              more={rows[at] ?? null}
            />
          ))}
        </ol>
      )}
      <SizeFooter size={size} scale={scale} />
      {[
        { id: BASE_PORT, look: card.base },
        { id: FILES_PORT, look: card.files },
      ].map(({ id, look }) => (
        <Handle
          key={id}
          type="source"
          id={id}
          position={Position.Right}
          isConnectable={false}
          className={cx(card.handle, look, card.quiet)}
        />
      ))}
    </article>
  );
});

function Head({ stage }: { stage: ComparedStage }) {
  const { id, mark, before, after, head } = stage;
  const now = (after ?? before)!;
  const differs = (part: (typeof head)[number]) => head.includes(part);
  const old = (part: (typeof head)[number], text: string | null) => (differs(part) ? text : null);
  const notes = [
    differs("order") && `was stage ${before!.index}`,
    differs("final") && (now.final ? "now the last stage" : "no longer the last stage"),
  ].filter((note) => note !== false);
  return (
    <header className={card.head} data-place={id}>
      <div className={card.title}>
        <span className={styles.badge}>{now.index}</span>
        <span className={cx(card.name, styles.name)}>
          <WasAndIs was={old("name", before?.label ?? null)} is={now.label} />
        </span>
        <MarkPill mark={mark} />
      </div>
      <div className={cx(card.from, styles.from)}>
        <WasAndIs was={differs("base") || differs("platform") ? fromOf(before!) : null} is={fromOf(now)} />
      </div>
      {(now.comment || differs("comment")) && (
        <p className={cx(card.comment, styles.comment)}>
          <WasAndIs was={old("comment", before?.comment ?? null)} is={now.comment} />
        </p>
      )}
      {notes.length > 0 && <p className={styles.note}>{notes.join(", ")}</p>}
    </header>
  );
}

const fromOf = ({ platform, baseText }: { platform: string | null; baseText: string }) =>
  `FROM ${platform === null ? "" : `--platform=${platform} `}${baseText}`;

function Row({
  stage,
  row,
  at,
  arrives,
  more,
}: {
  stage: ComparedStage;
  row: ComparedRow;
  at: number;
  arrives: boolean;
  /** Bytes that it adds more than before. */
  more: number | null;
}) {
  const { mark, before, after, elsewhere } = row;
  const now = (after ?? before)!;
  const sameText = before?.text === after?.text;
  const where =
    elsewhere === null
      ? mark === "moved" && "was elsewhere in this stage"
      : after
        ? "came from another stage"
        : "went to another stage";
  return (
    <li
      className={cx(card.row, styles.row)}
      data-testid="compared-row"
      data-mark={mark}
      data-gone={after === null || undefined}
      data-place={placeOf(stage.id, at)}
    >
      {arrives && (
        <Handle
          type="target"
          id={rowPort(at + 1)}
          position={Position.Left}
          isConnectable={false}
          className={cx(card.handle, card.rowHandle)}
        />
      )}
      <MarkSign mark={mark} />
      <span className={styles.texts}>
        {mark === "changed" && !sameText && (
          <del className={styles.oldText} title={`${before!.keyword} ${before!.text}`}>
            <span className="visually-hidden">was </span>
            {before!.keyword} {before!.text}
          </del>
        )}
        <span className={card.text} title={`${now.keyword} ${now.text}`}>
          {mark === "changed" && <span className="visually-hidden">now </span>}
          <span className={card.keyword}>{now.keyword}</span> {now.text}
        </span>
      </span>
      {where && <span className={styles.where}>{where}</span>}
      {mark === "changed" && sameText && <span className={styles.where}>another heredoc</span>}
      {more !== null && more !== 0 && (
        <b className={styles.rowMore} data-way={more > 0 ? "more" : "less"} data-testid="row-difference">
          {formatDifference(more)}
        </b>
      )}
    </li>
  );
}
