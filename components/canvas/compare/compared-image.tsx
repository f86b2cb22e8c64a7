"use client";
/** An image, and the lines ahead of the first FROM, of two versions. */
import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo } from "react";
import { cx } from "@/components/ui/cx";
import { TOP_NODE } from "@/lib/graph/compare/changes";
import { BASE_PORT, FILES_PORT } from "@/lib/graph/layout";
import imageStyles from "../image-card.module.css";
import { ImageRef } from "../image-ref";
import card from "../stage-card.module.css";
import styles from "./compare.module.css";
import { type ComparedImageNode, type ComparedTopNode, placeOf } from "./flow";
import { MarkPill, MarkSign, WasAndIs } from "./mark-sign";

export const ComparedImageCard = memo(function ComparedImageCard({ data }: NodeProps<ComparedImageNode>) {
  const { id, ref, mark } = data.image;
  return (
    <article
      className={cx(imageStyles.card, styles.card)}
      data-testid="compared-image"
      data-ref={ref}
      data-mark={mark}
      data-place={id}
    >
      <div className={cx(imageStyles.ref, mark === "removed" && styles.gone)} title={ref}>
        <ImageRef image={ref} />
      </div>
      {mark === "same" ? <div className={imageStyles.uses}>used in both</div> : <MarkPill mark={mark} />}
      {[
        { id: BASE_PORT, look: imageStyles.base },
        { id: FILES_PORT, look: imageStyles.files },
      ].map(({ id: handle, look }) => (
        <Handle
          key={handle}
          type="source"
          id={handle}
          position={Position.Right}
          isConnectable={false}
          className={cx(card.handle, look, card.quiet)}
        />
      ))}
    </article>
  );
});

export const ComparedTopCard = memo(function ComparedTopCard({ data }: NodeProps<ComparedTopNode>) {
  return (
    <article className={cx(card.card, styles.card)} data-testid="compared-top" data-place={TOP_NODE}>
      <header className={cx(card.head, styles.topHead)}>Ahead of the first stage</header>
      <ol className={card.rows}>
        {data.lines.map(({ mark, before, after }, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one comparison, drawn at once
            key={at}
            className={cx(card.row, styles.row)}
            data-mark={mark}
            data-gone={after === null || undefined}
            data-place={placeOf(TOP_NODE, at)}
          >
            <MarkSign mark={mark} />
            <span className={styles.line}>
              <span className={card.keyword}>{(after ?? before)!.keyword}</span>{" "}
              <WasAndIs was={mark === "changed" ? before!.text : null} is={(after ?? before)!.text} />
            </span>
          </li>
        ))}
      </ol>
    </article>
  );
});
