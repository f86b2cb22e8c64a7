"use client";
/** What a stage weighs, and where that comes from; while it is built, how far it is. */
import { whyNoFiles } from "@/components/build/files/why-no-files";
import { Remaining } from "@/components/build/remaining";
import { useCommands } from "@/components/commands/use-commands";
import { useDocument } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { formatBytes, formatCount } from "@/lib/build/format";
import type { StageBuildState } from "@/lib/build/state";
import { fateOf, largestSize, progressOf, weightOf } from "./build-view";
import { nodeElement } from "./focus";
import type { CardModel } from "./models";
import styles from "./stage-card.module.css";

export function CardFooter({ card, build }: { card: CardModel; build: StageBuildState | undefined }) {
  const scale = useDocument((s) => largestSize(s.build?.state));
  const { notBuiltFor } = card.view;
  const weight = build ? weightOf(build) : null;
  if (notBuiltFor !== null && build?.status !== "running") {
    return (
      <footer className={styles.footer}>
        <span className={styles.fate} data-testid="not-built">
          not built for {notBuiltFor}
        </span>
      </footer>
    );
  }
  if (build && weight && build.size !== null) {
    return (
      <footer className={styles.footer} data-ships={build.ships}>
        <Size card={card} bytes={build.size} />
        <span className={styles.bar} title={barTitle(card, weight.base, weight.byInstruction)}>
          <Segment kind="base" bytes={weight.base} scale={scale} />
          {[...weight.byInstruction].map(([instruction, bytes]) => (
            <Segment key={instruction} kind="own" bytes={bytes} scale={scale} />
          ))}
        </span>
        <span className={styles.fate}>{fateOf(build, scale)}</span>
      </footer>
    );
  }
  const progress = progressOf(build);
  if (progress) {
    return (
      <footer className={styles.footer}>
        <span className={styles.size}>—</span>
        <span className={styles.bar}>
          <span className={styles.progress} style={{ width: `${100 * progress.part}%` }} />
        </span>
        <span className={styles.fate}>
          {progress.words}
          <Remaining stage={card.index} before=" · " />
        </span>
      </footer>
    );
  }
  return (
    <footer className={styles.footer}>
      <span className={styles.fate}>
        {card.rows.length === 0 ? "no instructions" : formatCount(card.rows.length, "instruction")}
      </span>
      {card.final && <span className={styles.fate}>final stage</span>}
    </footer>
  );
}

/** Leads to the files that it is made of, where there are some to be looked at. */
function Size({ card, bytes }: { card: CardModel; bytes: number }) {
  const { run } = useCommands();
  const opens = useDocument((s) => whyNoFiles(s, card.index) === null);
  if (!opens) {
    return (
      <span className={styles.size} data-testid="stage-size">
        {formatBytes(bytes)}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={cx(styles.size, styles.opens, "nodrag nopan")}
      data-testid="stage-size"
      title={`Show the files of ${card.label}`}
      aria-label={`${formatBytes(bytes)}: show the files of ${card.label}`}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        run("build.files", nodeElement(card.id));
      }}
    >
      {formatBytes(bytes)}
    </button>
  );
}

function Segment({ kind, bytes, scale }: { kind: "base" | "own"; bytes: number; scale: number }) {
  if (bytes <= 0 || scale <= 0) return null;
  return <span className={styles[kind]} style={{ width: `${(100 * bytes) / scale}%` }} />;
}

function barTitle(card: CardModel, base: number, byInstruction: ReadonlyMap<number, number>): string {
  const own = [...byInstruction]
    .filter(([, bytes]) => bytes > 0)
    .map(([instruction, bytes]) => {
      const row = card.rows[instruction - 1];
      return `${formatBytes(bytes)}  ${row ? `${row.keyword} ${row.text}`.slice(0, 60) : ""}`;
    });
  return [`${formatBytes(base)}  FROM ${card.baseText}`, ...own].join("\n");
}
