"use client";
/** The instructions of a stage, on its card. */
import { Fragment } from "react";
import { isUnderWay } from "@/components/build/use-build";
import { useDocument } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import type { StageBuildState } from "@/lib/build/state";
import { selectedRows } from "@/lib/store/selection-slice";
import type { DocumentStore } from "@/lib/store/types";
import { weightOf } from "../build-view";
import { type CanvasState, useCanvasState } from "../canvas-state";
import { foretoldAt } from "../foretold";
import { InstructionRow, type RowFigure } from "../instruction-row";
import type { CardModel } from "../models";
import styles from "../stage-card.module.css";
import { Commented } from "./commented";
import { AddButton } from "./row-buttons";
import own from "./rows.module.css";

export function Rows({
  card: { id, index, label, rows, commented },
  build,
}: {
  card: CardModel;
  build: StageBuildState | undefined;
}) {
  const readOnly = useDocument((s) => !s.rights.edit);
  const failedAt = useDocument((s) => {
    const error = s.build?.state.error;
    return error?.place?.stage === index ? error.place.instruction : -1;
  });
  const exitCode = useDocument((s) => s.build?.state.error?.exitCode ?? null);
  const selectedFrom = useDocument((s) => selectedIn(s, id)?.from ?? -1);
  const selectedTo = useDocument((s) => selectedIn(s, id)?.to ?? -1);
  const lead = useDocument((s) =>
    s.selection.kind === "instruction" && s.selection.stage === id ? s.selection.instruction : -1,
  );
  const dropAt = useCanvasState((s) => rowUnder(s, id, "at"));
  const mountAt = useCanvasState((s) => rowUnder(s, id, "run"));
  const dropRefused = useCanvasState(
    (s) => (s.rowDrag?.to?.stage === id && s.rowDrag.refusal !== null) || s.connecting?.plan?.ok === false,
  );
  const found = useCanvasState((s) => s.found?.get(id));
  const forecast = useDocument((s) => s.forecast);
  const building = useDocument((s) => isUnderWay(s.build?.summary.status));
  const empty = rows.length === 0 && commented.length === 0 && dropAt < 0;
  const weight = build ? weightOf(build) : null;
  return (
    <div className={own.place} data-empty={empty || undefined}>
      {!empty && (
        <ol className={styles.rows} aria-label="Instructions">
          {rows.map((row) => {
            const { instruction } = row;
            const step = build?.steps[instruction];
            const foretold = foretoldAt(forecast, index, instruction);
            return (
              <Fragment key={instruction}>
                <Commented stage={id} index={index} at={instruction} all={commented} readOnly={readOnly} />
                <InstructionRow
                  stage={id}
                  row={row}
                  selected={selectedFrom <= instruction && instruction < selectedTo}
                  lead={lead === instruction}
                  found={found?.has(instruction) ?? false}
                  figure={figureOf(step?.status, weight?.byInstruction.get(instruction) ?? null)}
                  status={failedAt === instruction ? "failed" : (step?.status ?? null)}
                  started={step?.started ?? null}
                  completed={step?.completed ?? null}
                  exitCode={failedAt === instruction ? exitCode : null}
                  foretold={building || foretold?.outcome === "cached" ? null : (foretold?.outcome ?? null)}
                  expected={building && foretold ? foretold.milliseconds : null}
                  drop={dropAt === instruction ? "before" : mountAt === instruction ? "into" : null}
                  dropRefused={dropRefused && (dropAt === instruction || mountAt === instruction)}
                  readOnly={readOnly}
                />
              </Fragment>
            );
          })}
          <Commented stage={id} index={index} at={rows.length + 1} all={commented} readOnly={readOnly} />
          {dropAt === rows.length + 1 && (
            <li className={cx(styles.dropEnd, dropRefused && styles.dropRefused)} aria-hidden="true" />
          )}
        </ol>
      )}
      {!readOnly && <AddButton stage={id} at={rows.length + 1} label={label} />}
    </div>
  );
}

/** The rows that are selected, or the one that the selected edge arrives at. */
function selectedIn(state: DocumentStore, id: string): { from: number; to: number } | null {
  const { selection } = state;
  const rows = selectedRows(selection);
  if (rows) return rows.stage === id ? rows : null;
  if (selection.kind !== "edge") return null;
  const edge = state.graph.edges.find((each) => each.id === selection.edge);
  return edge?.target === id ? { from: edge.instruction, to: edge.instruction + 1 } : null;
}

/** Before which row something dragged would land, or which RUN it would be mounted into; -1 for none. */
function rowUnder({ rowDrag, connecting }: CanvasState, id: string, how: "at" | "run"): number {
  if (how === "at" && rowDrag?.to?.stage === id) return rowDrag.to.at;
  return (connecting?.over?.node === id ? connecting.over[how] : undefined) ?? -1;
}

/** What stands right in a row: bytes before time, since bytes are what a stage is about. */
function figureOf(status: string | undefined, bytes: number | null): RowFigure {
  if (status === "running" || status === "failed" || status === "waiting") return null;
  if (bytes !== null && bytes > 0) return { kind: "bytes", bytes };
  if (status === "cached") return { kind: "cached" };
  return status === "done" ? { kind: "time" } : null;
}
