/** The cards that somebody works on, wherever the view is: they are drawn whole. */
import type { DocumentStore } from "@/lib/store/types";
import type { CanvasState } from "../canvas-state";
import { placeOfSelection } from "../steps";

export function workedOn(
  { selection, graph }: Pick<DocumentStore, "selection" | "graph">,
  { sought, under, renaming, menu, rowDrag, connecting, writing, ...open }: CanvasState,
): ReadonlySet<string> {
  const ids = [
    placeOfSelection(selection, graph)?.node,
    sought,
    under,
    renaming,
    menu?.node,
    rowDrag?.stage,
    rowDrag?.to?.stage,
    open.stageDrag?.stage,
    open.stageDrag?.over,
    connecting?.over?.node,
    writing?.stage,
    open.extraction?.stage,
    open.rowMenu?.place.node,
    open.paths?.stage,
    open.choosing && "stage" in open.choosing ? open.choosing.stage : null,
  ];
  return new Set(ids.filter((id) => typeof id === "string"));
}
