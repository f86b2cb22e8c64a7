import type { StoreApi } from "zustand/vanilla";
import type { Place } from "@/lib/build/events";
import type { DocumentStore, Selection } from "@/lib/store/types";

/** Selects what a bar, a line of log, a part of a size or a problem belongs to: everywhere on the page. */
export function selectPlace(store: StoreApi<DocumentStore>, place: Place | null): void {
  const { stageIds, select } = store.getState();
  const stage = place && stageIds[place.stage];
  if (!stage) return;
  // The card shows its FROM in its head, not as a row.
  const selection: Selection =
    place.instruction === 0
      ? { kind: "stage", stage }
      : { kind: "instruction", stage, instruction: place.instruction };
  select(selection, "build");
}
