/** Where nodes stand. In the shared document, so that it is saved, undone and shared with the text. */
import { ARGUMENTS_NODE } from "../graph/arguments";
import type { PlacedNode } from "../share/document";
import { isPlaced } from "../share/places";
import type { GetStore, SetStore } from "./document-store";
import { anchorAt, DEED, SETTLE, type SharedDocument } from "./shared-text";
import type { LayoutSlice, Point } from "./types";

export function createLayoutSlice(shared: SharedDocument, set: SetStore, get: GetStore): LayoutSlice {
  const { doc, text, positions } = shared;
  /** A reader's own layout: on the screen only. */
  const own = new Map<string, PlacedNode>();

  const derive = () => {
    const places: Record<string, Point> = {};
    const collapsed: Record<string, boolean> = {};
    for (const [id, place] of [...own, ...positions.entries()]) {
      if (!isPlaced(place)) continue;
      places[id] = { x: place.x, y: place.y };
      if (place.collapsed) collapsed[id] = true;
    }
    return { positions: places, collapsed };
  };
  positions.observe(() => set(derive()));

  /** How a node is found again when the document is opened next time. */
  const identity = (id: string): Partial<PlacedNode> => {
    // What has a reference is no stage, whose place is kept by the text.
    if (id === ARGUMENTS_NODE) return { ref: "" };
    if (id.startsWith("image:")) return { ref: id.slice("image:".length) };
    const { stageIds, tree } = get();
    const stage = tree.stages[stageIds.indexOf(id)];
    if (!stage) return {};
    return { anchor: anchorAt(text, stage.range.start), name: stage.name, index: stage.index };
  };

  const write = (places: Readonly<Record<string, Point>>, origin: string) => {
    if (!get().rights.edit) {
      for (const [id, { x, y }] of Object.entries(places)) own.set(id, { x, y });
      set(derive());
      return;
    }
    doc.transact(() => {
      for (const [id, { x, y }] of Object.entries(places)) {
        const before = positions.get(id);
        positions.set(id, { ...(isPlaced(before) ? before : {}), ...identity(id), x, y });
      }
    }, origin);
  };

  const fold = (ids: readonly string[], collapsed: boolean) => {
    const { positions: places, collapsed: before, rights } = get();
    const other = ids.filter((id) => places[id] && (before[id] ?? false) !== collapsed);
    if (other.length === 0 || !rights.edit) return;
    get().asOneStep(() => {
      for (const id of other) positions.set(id, { ...places[id]!, ...identity(id), collapsed });
    });
  };

  return {
    ...derive(),
    placeNodes: (places) => get().asOneStep(() => write(places, DEED)),
    settleNodes: (places) => write(places, SETTLE),
    setCollapsed: (id, collapsed) => fold([id], collapsed),
    setAllCollapsed: (collapsed) => fold(get().stageIds, collapsed),
  };
}
