/** What is being chosen in its place, beside a card. */
import type { Point } from "@/lib/graph/layout";
import type { StageId } from "@/lib/graph/types";

export type Choosing =
  /** The base of a new stage, behind the one at index `after`; `at` is where on the graph it is to stand. */
  | { kind: "newStage"; after: number; at: Point | null; beside: Beside }
  | { kind: "base"; stage: StageId; beside: Beside }
  | { kind: "platform"; stage: StageId; beside: Beside }
  /** What the stage is for, in words. */
  | { kind: "describe"; stage: StageId; beside: Beside }
  /** Another image for this one, wherever it is used; by id of its node. */
  | { kind: "image"; image: string; beside: Beside };

/** A node, or a point of the window in pixels. */
export type Beside = { node: string } | Point | null;

/** Where a list opens that belongs to a node or a point: the window's middle where that is not drawn. */
export function rectOf(beside: Beside, element: (node: string) => HTMLElement | null): DOMRect {
  if (beside && "node" in beside) {
    const node = element(beside.node);
    const spot = node?.querySelector("[data-picker-spot]") ?? node;
    if (spot) return spot.getBoundingClientRect();
  }
  if (beside && "x" in beside) return new DOMRect(beside.x, beside.y, 0, 0);
  return new DOMRect(window.innerWidth / 2 - 190, window.innerHeight / 4, 0, 0);
}
