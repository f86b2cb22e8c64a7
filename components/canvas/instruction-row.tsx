"use client";
import { Handle, Position } from "@xyflow/react";
import { RotateCw } from "lucide-react";
import { memo } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { formatBytes, formatDuration } from "@/lib/build/format";
import type { StepStatus } from "@/lib/build/state";
import { rowPort } from "@/lib/graph/layout";
import { useCanvasStore } from "./canvas-state";
import { CopyFigure } from "./copy-figure";
import { Elapsed } from "./elapsed";
import { FORETOLD_WORDS, type Foretold } from "./foretold";
import foretoldStyles from "./foretold.module.css";
import type { RowModel } from "./models";
import { extendTo, openRowMenu, pressedAt, RowButtons, useNear } from "./rows/row-buttons";
import styles from "./stage-card.module.css";

export type RowFigure = { kind: "bytes"; bytes: number } | { kind: "cached" } | { kind: "time" } | null;

interface Props {
  stage: string;
  row: RowModel;
  selected: boolean;
  /** Of the selected ones, where the selection was led to. */
  lead: boolean;
  /** A search found it. */
  found?: boolean;
  status: StepStatus | null;
  figure: RowFigure;
  started: number | null;
  completed: number | null;
  exitCode: number | null;
  /** Whether the next build runs it anew; null where it does not, or nothing is known. */
  foretold: Foretold | null;
  /** Milliseconds that it took in earlier builds, while one is under way. */
  expected: number | null;
  /** Something dragged would land before this one, or be mounted into it. */
  drop: "before" | "into" | null;
  dropRefused: boolean;
  readOnly: boolean;
}

export const InstructionRow = memo(
  function InstructionRow({
    stage,
    row,
    selected,
    lead,
    found,
    status,
    drop,
    dropRefused,
    foretold,
    readOnly,
    ...rest
  }: Props) {
    const { near, ...hover } = useNear(!readOnly);
    const store = useDocumentStore();
    const canvas = useCanvasStore();
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: Shift with an arrow does the same
      <li
        className={cx(
          styles.row,
          selected && styles.selectedRow,
          status === "failed" && styles.failedRow,
          row.problem !== null && styles.problemRow,
          drop === "before" && styles.dropBefore,
          drop === "into" && styles.dropInto,
          dropRefused && styles.dropRefused,
          !readOnly && "nodrag",
        )}
        tabIndex={-1}
        data-testid="instruction-row"
        data-instruction={row.instruction}
        data-status={status ?? "idle"}
        data-found={found || undefined}
        aria-current={selected || undefined}
        title={row.problem ?? `${row.keyword} ${row.text}`}
        onPointerDown={(event) =>
          canvas.getState().editing?.dragRow(event, { document: store, canvas }, stage, row.instruction)
        }
        onClick={(event) => {
          if (event.shiftKey && extendTo(store.getState(), stage, row.instruction)) event.stopPropagation();
        }}
        onContextMenu={(event) => {
          if (readOnly) return;
          event.preventDefault();
          event.stopPropagation();
          // A finger that rests opens it once it is lifted, and drags the row otherwise.
          if (canvas.getState().rowDrag) return;
          const place = { node: stage, instruction: row.instruction };
          openRowMenu(store.getState(), canvas.getState(), place, pressedAt(event.currentTarget, event));
        }}
        {...hover}
      >
        {row.arrives && (
          <Handle
            type="target"
            id={rowPort(row.instruction)}
            position={Position.Left}
            isConnectable={false}
            className={cx(styles.handle, styles.rowHandle)}
          />
        )}
        <span className={styles.dot} data-status={status ?? "idle"} aria-hidden="true" />
        {foretold && <ForetoldMark outcome={foretold} />}
        <span className={styles.text}>
          <span className={styles.keyword}>{row.keyword}</span> {row.text}
        </span>
        {status === null && rest.figure === null && takesFiles(row) ? (
          <CopyFigure stage={stage} row={row} />
        ) : (
          <Figure status={status} {...rest} />
        )}
        {row.problem !== null && <span className="visually-hidden">, {row.problem}</span>}
        {!readOnly && (near || lead) && <RowButtons stage={stage} row={row} near={near} />}
      </li>
    );
  },
  (a, b) =>
    sameFigure(a.figure, b.figure) &&
    (Object.keys(a) as (keyof Props)[]).every((key) => key === "figure" || a[key] === b[key]),
);

/** Before a build: whether this one is run again. */
function ForetoldMark({ outcome }: { outcome: Foretold }) {
  const words = FORETOLD_WORDS[outcome];
  return (
    <span className={foretoldStyles.mark} data-foretold={outcome} data-testid="foretold" title={words}>
      <RotateCw size={11} aria-hidden="true" />
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

const takesFiles = ({ keyword }: RowModel) => keyword === "COPY" || keyword === "ADD";

function Figure({
  status,
  figure,
  started,
  completed,
  exitCode,
  expected,
}: Pick<Props, "status" | "figure" | "started" | "completed" | "exitCode" | "expected">) {
  if (status === "running" && started !== null) {
    return (
      <span className={styles.figure}>
        <span className="visually-hidden">running </span>
        <Elapsed started={started} />
        {expected !== null && ` of ~${formatDuration(expected)}`}
      </span>
    );
  }
  if (status === "waiting" && expected !== null) {
    return (
      <span className={cx(styles.figure, styles.foretold)} title="What it took in earlier builds">
        ~{formatDuration(expected)}
      </span>
    );
  }
  if (status === "failed") {
    return (
      <span className={cx(styles.figure, styles.exit)}>
        {exitCode === null ? "failed" : `exit ${exitCode}`}
      </span>
    );
  }
  if (status === "canceled") return <span className={styles.figure}>canceled</span>;
  if (figure === null) return null;
  const took = started !== null && completed !== null ? formatDuration(completed - started) : null;
  if (figure.kind === "bytes") {
    const title = status === "cached" ? "cached" : took ? `took ${took}` : undefined;
    return (
      <span className={styles.figure} title={title}>
        {formatBytes(figure.bytes)}
        {status === "cached" && <span className="visually-hidden"> cached</span>}
      </span>
    );
  }
  return <span className={styles.figure}>{figure.kind === "cached" ? "cached" : took}</span>;
}

function sameFigure(a: RowFigure, b: RowFigure): boolean {
  if (a === null || b === null || a.kind !== b.kind) return a === b;
  return a.kind !== "bytes" || (b.kind === "bytes" && a.bytes === b.bytes);
}
