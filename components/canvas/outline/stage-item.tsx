"use client";
import { Fragment, memo } from "react";
import { Remaining } from "@/components/build/remaining";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { formatBytes } from "@/lib/build/format";
import type { StageBuildState } from "@/lib/build/state";
import { selectedRows } from "@/lib/store/selection-slice";
import type { Selection } from "@/lib/store/types";
import { BaseNow } from "../base-now";
import { cardStatus, fateOf, largestSize, progressOf, weightOf } from "../build-view";
import { useCanvasState } from "../canvas-state";
import { foretoldWords, useForetoldCount } from "../foretold-count";
import type { CardModel } from "../models";
import { Commented } from "../rows/commented";
import { StatePill } from "../state-pill";
import { EdgeList } from "./edge-list";
import type { ItemEdges } from "./outline";
import styles from "./outline.module.css";
import { OutlineRow } from "./outline-row";

/** A stage: its name, base, size and state, its instructions, and its edges in both directions. */
/** "ships, 60× smaller" */
const fate = (build: StageBuildState, largest: number) =>
  build.ships ? [...new Set(["ships", fateOf(build, largest)])].join(", ") : fateOf(build, largest);

export const StageItem = memo(function StageItem({
  card,
  edges,
  names,
  current,
}: {
  card: CardModel;
  edges: ItemEdges;
  names: ReadonlyMap<string, string>;
  current: boolean;
}) {
  const { id, index, label, name, baseText, platform, comment, final, doubtful, rows, commented, view } =
    card;
  const store = useDocumentStore();
  const RenameField = useCanvasState((s) => (s.renaming === id ? s.editing?.RenameField : undefined));
  const found = useCanvasState((s) => s.found?.get(id));
  const build = useDocument((s) => s.build?.state.stages[index]);
  const selected = useDocument((s) => s.selection.kind === "stage" && s.selection.stage === id);
  const selectedFrom = useDocument((s) => selectedIn(s.selection, id)?.from ?? -1);
  const selectedTo = useDocument((s) => selectedIn(s.selection, id)?.to ?? -1);
  const status = cardStatus(build);
  const weight = build ? weightOf(build) : null;
  const size = build?.size ?? null;
  const scale = useDocument((s) => largestSize(s.build?.state));
  const foretold = useForetoldCount(index);
  const progress = progressOf(build);
  const readOnly = useDocument((s) => !s.rights.edit);
  const inComments = { stage: id, index, all: commented, readOnly, reachable: current };
  return (
    <li className={cx(styles.item, selected && styles.selected)} data-item={id} data-testid="outline-stage">
      <div className={styles.head}>
        <span className={styles.badge} aria-hidden="true">
          {index}
        </span>
        {RenameField ? (
          <RenameField id={id} name={name ?? ""} label={label} />
        ) : (
          <h2 className={styles.name}>
            <button
              type="button"
              data-node={id}
              data-found={found?.has(0) || undefined}
              aria-pressed={selected}
              tabIndex={current ? 0 : -1}
              onClick={() => store.getState().select({ kind: "stage", stage: id }, "canvas")}
            >
              <span className="visually-hidden">Stage {index}, </span>
              {label}
            </button>
          </h2>
        )}
        <StatePill index={index} status={status} />
        {size !== null && <b className={styles.size}>{formatBytes(size)}</b>}
      </div>
      <p className={styles.facts}>
        <code>
          FROM {platform && `--platform=${platform} `}
          {baseText}
          <BaseNow view={view} />
        </code>
        {view.notBuiltFor !== null && <span>not built for {view.notBuiltFor}</span>}
        {final && <span>final stage</span>}
        {build && size !== null && <span>{fate(build, scale)}</span>}
        {weight && <span>{formatBytes(weight.base)} from its base</span>}
        {progress && view.notBuiltFor === null && (
          <span>
            {progress.words}
            <Remaining stage={index} before=", " />
          </span>
        )}
        {foretold > 0 && <span className={styles.warning}>{foretoldWords(foretold)}</span>}
        {doubtful && <span className={styles.warning}>does not parse</span>}
      </p>
      {comment && <p className={styles.comment}>{comment}</p>}
      {status === "running" && build?.lastLine && <p className={styles.lastLine}>{build.lastLine}</p>}
      {rows.length + commented.length > 0 && (
        <ol className={styles.rows} aria-label={`Instructions of ${label}`}>
          {rows.map((row) => (
            <Fragment key={row.instruction}>
              <Commented {...inComments} at={row.instruction} />
              <OutlineRow
                stage={id}
                index={index}
                row={row}
                selected={selectedFrom <= row.instruction && row.instruction < selectedTo}
                found={found?.has(row.instruction) ?? false}
                bytes={weight?.byInstruction.get(row.instruction) ?? null}
              />
            </Fragment>
          ))}
          <Commented {...inComments} at={rows.length + 1} />
        </ol>
      )}
      <EdgeList
        title={`${label} takes`}
        bundles={edges.into}
        other="source"
        names={names}
        reachable={current}
      />
      <EdgeList
        title={`${label} gives`}
        bundles={edges.outOf}
        other="target"
        names={names}
        reachable={current}
      />
    </li>
  );
});

function selectedIn(selection: Selection, id: string): { from: number; to: number } | null {
  const rows = selectedRows(selection);
  return rows?.stage === id ? rows : null;
}
