"use client";
import { TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { Tooltip } from "@/components/ui/tooltip";
import { formatBytes, formatRatio } from "@/lib/build/format";
import { type SizeRow, sizesOf } from "@/lib/build/sizes";
import { Empty } from "../empty";
import { selectPlace } from "../select-place";
import { instructionText, useBuildState, useStageLabels } from "../use-build";
import styles from "./sizes.module.css";

/** Every stage on one scale: its base, what each instruction added, and whether it ships. */
export function SizesTab() {
  const state = useBuildState();
  const stages = state?.stages;
  const over = state?.endedAt ?? null;
  // Sizes hang on the stages and on whether the build is over, not on every line of its log.
  const sizes = useMemo(() => (stages ? sizesOf({ stages, endedAt: over }) : null), [stages, over]);
  if (!sizes || sizes.rows.length === 0) {
    return (
      <Empty title="No sizes yet">
        <p>
          A build weighs every stage as <code>docker history</code> does. Here they stand on one scale: the
          base image, what each instruction added, what ships and what is left behind.
        </p>
      </Empty>
    );
  }
  return (
    <div className={styles.sizes} data-testid="sizes">
      <ul className={styles.rows}>
        {sizes.rows.map((row) => (
          <Row key={row.stage} row={row} scale={sizes.scale} anyKnown={sizes.known > 0} />
        ))}
      </ul>
      <p className={styles.legend}>
        <span>
          <i className={cx(styles.swatch, styles.base)} aria-hidden="true" /> from the base image
        </span>
        <span>
          <i className={cx(styles.swatch, styles.shipped)} aria-hidden="true" /> added, ships
        </span>
        <span>
          <i className={cx(styles.swatch, styles.part)} aria-hidden="true" /> added, left behind
        </span>
        <span className={styles.note}>Uncompressed, decimal units, as docker history counts.</span>
      </p>
    </div>
  );
}

function Row({ row, scale, anyKnown }: { row: SizeRow; scale: number; anyKnown: boolean }) {
  const store = useDocumentStore();
  const stages = useDocument((state) => state.graph.stages);
  const label = useStageLabels()[row.stage] ?? `stage-${row.stage}`;
  const name = (
    <button
      type="button"
      className={styles.name}
      onClick={() => selectPlace(store, { stage: row.stage, instruction: 0 })}
    >
      {label}
    </button>
  );
  if (row.size === null) {
    return (
      <li className={styles.row} data-stage={label}>
        {name}
        <p className={styles.unknown}>
          <TriangleAlert size={13} aria-hidden="true" /> size unknown: {row.unknown}
        </p>
      </li>
    );
  }
  const baseWords = `Base image: ${formatBytes(row.base)}`;
  const partWords = row.parts.map(({ instruction, bytes }) => {
    const text =
      instruction === null
        ? "Instructions that are no longer there"
        : (instructionText(stages, row.stage, instruction) ?? `instruction ${instruction}`);
    return `${text.slice(0, 160)}: ${formatBytes(bytes)}`;
  });
  const words = [...(row.base > 0 ? [baseWords] : []), ...partWords];
  const percent = (bytes: number) => `${(bytes / scale) * 100}%`;
  return (
    <li className={styles.row} data-stage={label} data-ships={row.ships}>
      {name}
      {/* Segments may be a pixel wide: they are for a pointer, and the card's rows say and select the same. */}
      <div className={styles.bar} role="img" aria-label={words.join(", ")}>
        {row.base > 0 && (
          <Segment
            words={baseWords}
            className={styles.base}
            width={percent(row.base)}
            onClick={() => selectPlace(store, { stage: row.stage, instruction: 0 })}
          />
        )}
        {row.parts.map((part, nth) => (
          <Segment
            key={part.instruction ?? "gone"}
            words={partWords[nth] ?? ""}
            className={row.ships ? styles.shipped : styles.part}
            width={percent(part.bytes)}
            onClick={() => selectPlace(store, { stage: row.stage, instruction: part.instruction ?? 0 })}
          />
        ))}
      </div>
      <b className={styles.size}>{formatBytes(row.size)}</b>
      <span className={cx(styles.fate, row.ships && styles.ships)}>
        {row.ships ? "ships" : anyKnown ? "left behind" : ""}
        {row.smaller !== null && ` · ${formatRatio(row.smaller)}× smaller`}
      </span>
    </li>
  );
}

function Segment(props: { words: string; className?: string; width: string; onClick(): void }) {
  const { words, className, width, onClick } = props;
  return (
    <Tooltip text={words} side="top">
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the bar is read as one picture */}
      <span className={cx(styles.segment, className)} style={{ width }} onClick={onClick} />
    </Tooltip>
  );
}
