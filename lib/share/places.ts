/** Places of nodes as the shared data keeps them: to be read with care. */
import * as Y from "yjs";
import type { PlacedNode } from "./document";

/** Where a mark is now; -1 where it can't be told. */
export function offsetOfAnchor(doc: Y.Doc, anchor: string | undefined): number {
  if (!anchor) return -1;
  try {
    const relative = Y.createRelativePositionFromJSON(JSON.parse(anchor));
    return Y.createAbsolutePositionFromRelativePosition(relative, doc)?.index ?? -1;
  } catch {
    return -1;
  }
}

/** A place as stored is somebody else's data: only finite numbers pass. */
export function isPlaced(value: unknown): value is PlacedNode {
  return (
    typeof value === "object" &&
    value !== null &&
    Number.isFinite((value as PlacedNode).x) &&
    Number.isFinite((value as PlacedNode).y)
  );
}
