/** Does something to rows, as one step of the history, and selects what came of it. */
import type { EditResult } from "@/lib/dockerfile";
import { type RowRange, rowsSelection, selectedRows } from "@/lib/store/selection-slice";
import type { DocumentStore } from "@/lib/store/types";
import { stageIndex } from "../build-view";
import { focusRow } from "../focus";
import type { Place } from "../steps";
import { commentOutRows, duplicateRows, movedRows, moveRows, type Rows, stepOf } from "./row-edits";

type State = () => DocumentStore;

/** The selected rows, where the row that has the focus is among them or none has it; else that row. */
export function rowsAt({ selection, graph }: DocumentStore, here: Place | null): RowRange | null {
  const selected = selectedRows(selection);
  const row = here?.instruction ?? null;
  if (here === null) return selected;
  // The focus on the card, the selection on its rows: those are meant that one sees lit.
  if (row === null) return selected?.stage === here.node ? selected : null;
  if (selected?.stage === here.node && selected.from <= row && row < selected.to) return selected;
  const exists = graph.stages.some(
    ({ id, rows }) => id === here.node && rows.some(({ instruction }) => instruction === row),
  );
  return exists ? { stage: here.node, from: row, to: row + 1 } : null;
}

/** By the index of their stage, as edits count. */
export function indexed({ stageIds }: DocumentStore, rows: RowRange): Rows {
  return { ...rows, stage: stageIndex(stageIds, rows.stage) };
}

function selectRows(state: State, { stage, from, to }: Rows): void {
  const id = state().stageIds[stage];
  if (id === undefined) return;
  state().select(rowsSelection(id, from, to - 1), "canvas");
  // The row is drawn a frame later.
  requestAnimationFrame(() => setTimeout(() => focusRow(id, to - 1)));
}

export const runRowEdits = {
  move(state: State, rows: Rows, to: { stage: number; at: number }): EditResult {
    const edits = moveRows(rows, to);
    const result = edits.length > 0 ? state().applyAll(edits) : state().planAll([]);
    if (result.ok) selectRows(state, movedRows(rows, to));
    return result;
  },
  /** Null where there is nothing further up or down. */
  step(state: State, rows: Rows, by: -1 | 1): EditResult | null {
    const to = stepOf(state().tree, rows, by);
    return to && runRowEdits.move(state, rows, to);
  },
  duplicate(state: State, rows: Rows): EditResult {
    const result = state().applyAll(duplicateRows(state().tree, rows));
    const count = rows.to - rows.from;
    if (result.ok) selectRows(state, { stage: rows.stage, from: rows.to, to: rows.to + count });
    return result;
  },
  commentOut(state: State, rows: Rows): EditResult {
    return state().applyAll(commentOutRows(rows));
  },
};
