/** What React Flow is told of a node's size: what was measured or, in a large graph, what its card would measure. */
import type { Size } from "@/lib/graph/layout";
import type { FlowNode } from "../flow-types";
import type { CardModel } from "../models";
import { type CardOutline, outlineOf } from "./outline";

/** With handles where they are told, not measured. */
export type Box = Pick<FlowNode, "measured" | "handles">;

interface Known {
  outline: CardOutline | null;
  /** What had been measured when the box was made. */
  reported: Size | undefined;
  box: Box;
}

/** Keeps what it said last, so that the same box is the same object. */
export class Boxes {
  private known = new Map<string, Known>();

  /**
   * @param card null for what is always drawn whole
   * @param whole it is drawn whole now, and measured as soon as it has another size
   * @param reported what was measured last
   */
  of(id: string, card: CardModel | null, whole: boolean, reported: Size | undefined): Box {
    const outline = card && outlineOf(card);
    const known = this.known.get(id);
    if (known && known.reported === reported && known.outline?.key === outline?.key) return known.box;
    // A card that changed out of sight is measured by nobody.
    const told = outline && !whole && known?.reported === reported ? outline : null;
    const measured = told ?? reported ?? known?.box.measured;
    const box = {
      ...(measured && { measured: { width: measured.width, height: measured.height } }),
      ...(told && { handles: told.handles }),
    };
    this.known.set(id, { outline, reported, box });
    return box;
  }

  /** Forgets what is no longer there. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.known.keys()) if (!ids.has(id)) this.known.delete(id);
  }
}
