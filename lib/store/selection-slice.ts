/** One selection for all panes. */
import type { Dockerfile } from "../dockerfile";
import { globalArgsOf } from "../dockerfile/globalArgs";
import type { StageGraph, StageId } from "../graph/types";
import type { GetStore, SetStore } from "./document-store";
import type { DocumentStore, Selection, SelectionOrigin } from "./types";

export interface SelectionParts {
  selection: Selection;
  selectionOrigin: SelectionOrigin;
  select(selection: Selection, origin: SelectionOrigin): void;
  selectLine(line: number, origin: SelectionOrigin, anchor?: number): void;
  /** After the text changed: what is gone is not selected any more. */
  keepSelection(): void;
}

const NOTHING: Selection = { kind: "none" };

export function createSelectionSlice(set: SetStore, get: GetStore): SelectionParts {
  return {
    selection: NOTHING,
    selectionOrigin: "canvas",
    select(selection, selectionOrigin) {
      if (sameSelection(get().selection, selection)) return;
      set({ selection, selectionOrigin });
    },
    selectLine(line, origin, anchor = line) {
      const { tree, stageIds, select } = get();
      const stage = tree.stages.findLast(
        ({ instructions }) => (instructions[0]?.startLine ?? Infinity) <= line,
      );
      const id = stage && stageIds[stage.index];
      if (!stage || id === undefined) return select(argumentAt(tree, line), origin);
      const touched = stage.instructions.filter(
        ({ startLine, endLine }) => startLine <= Math.max(line, anchor) && Math.min(line, anchor) <= endLine,
      );
      const here = touched.find(({ startLine, endLine }) => startLine <= line && line <= endLine);
      const rows = touched.filter(({ indexInStage }) => indexInStage > 0);
      const [first] = rows;
      const last = rows.at(-1);
      if (!first || !last) {
        return select(here ? { kind: "stage", stage: id } : NOTHING, origin);
      }
      // Of one line it is that line's instruction or none; of several, those that any of the lines belongs to.
      const [from, to] = anchor > line ? [last, first] : [first, last];
      select(rowsSelection(id, from.indexInStage, to.indexInStage), origin);
    },
    keepSelection() {
      const { selection, graph, tree, select, selectionOrigin } = get();
      if (!exists(selection, graph, tree)) select(NOTHING, selectionOrigin);
    },
  };
}

function exists(selection: Selection, graph: StageGraph, tree: Dockerfile): boolean {
  switch (selection.kind) {
    case "none":
      return true;
    case "argument":
      return globalArgsOf(tree).some(({ name }) => name === selection.argument);
    case "image":
      return graph.images.some(({ id, ref }) => id === selection.image || ref === selection.image);
    case "edge":
      return graph.edges.some(({ id }) => id === selection.edge);
    case "stage":
      return graph.stages.some(({ id }) => id === selection.stage);
    case "instruction": {
      const rows = graph.stages.find(({ id }) => id === selection.stage)?.rows ?? [];
      const has = (row: number) => rows.some(({ instruction }) => instruction === row);
      return has(selection.instruction) && (selection.anchor === undefined || has(selection.anchor));
    }
  }
}

/** The ARG before the first FROM that stands on a line. */
function argumentAt(tree: Dockerfile, line: number): Selection {
  const found = globalArgsOf(tree).find(
    ({ instruction }) => instruction.startLine <= line && line <= instruction.endLine,
  );
  return found ? { kind: "argument", argument: found.name } : NOTHING;
}

export function sameSelection(a: Selection, b: Selection): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Rows of a stage from one to another, whichever comes first; the second is the one that is led on. */
export function rowsSelection(stage: StageId, anchor: number, instruction: number): Selection {
  return anchor === instruction
    ? { kind: "instruction", stage, instruction }
    : { kind: "instruction", stage, instruction, anchor };
}

/** Instructions `[from, to)` of a stage. */
export interface RowRange {
  stage: StageId;
  from: number;
  to: number;
}

/** The rows that are selected; null where none is. */
export function selectedRows(selection: Selection): RowRange | null {
  if (selection.kind !== "instruction") return null;
  const { stage, instruction, anchor = instruction } = selection;
  return { stage, from: Math.min(instruction, anchor), to: Math.max(instruction, anchor) + 1 };
}

/** 1-based first and last line of what is selected; null where nothing with lines is. */
export function selectedLines(
  state: Pick<DocumentStore, "selection" | "graph" | "tree" | "stageIds">,
): [number, number] | null {
  const { selection, graph, tree, stageIds } = state;
  if (selection.kind === "edge") {
    const edge = graph.edges.find(({ id }) => id === selection.edge);
    return edge ? instructionLines(tree, stageIds.indexOf(edge.target), edge.instruction) : null;
  }
  const rows = selectedRows(selection);
  if (rows) {
    const stage = stageIds.indexOf(rows.stage);
    const first = instructionLines(tree, stage, rows.from);
    const last = instructionLines(tree, stage, rows.to - 1);
    return first && last && [first[0], last[1]];
  }
  if (selection.kind === "argument") {
    const found = globalArgsOf(tree).find(({ name }) => name === selection.argument)?.instruction;
    return found ? [found.startLine, found.endLine] : null;
  }
  if (selection.kind === "stage") return instructionLines(tree, stageIds.indexOf(selection.stage), 0);
  return null;
}

function instructionLines(
  tree: ReturnType<GetStore>["tree"],
  stage: number,
  instruction: number,
): [number, number] | null {
  const found = tree.stages[stage]?.instructions[instruction];
  return found ? [found.startLine, found.endLine] : null;
}
