/** The line of an edge: where it bends, and where on it its label stands. */
import type { Point } from "./layout";

export interface Ends {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}

export interface Way {
  /** All the way long, or right behind its beginning or before its end: past a card that stands in between. */
  bends: "evenly" | "early" | "late";
  /** Part of the way, from 0 to 1. */
  label: number;
}

/** What stands in no edge's way leaves it so. */
export const PLAIN: Way = { bends: "evenly", label: 0.5 };

/** An edge that goes less far to the right goes back, around its card. */
export const FORWARD = 24;
/** Half of what the layout leaves between two cards. */
const BACK_GAP = 18;
/** Width of a bend that is not all the way long. */
const BEND = 90;

/** The part of it that bends, from and to which it is straight. */
function bendOf({ sourceX, sourceY, targetX, targetY }: Ends, bends: Way["bends"]): [Point, Point] {
  const width = bends === "evenly" ? targetX - sourceX : Math.min(BEND, targetX - sourceX);
  return bends === "late"
    ? [
        { x: targetX - width, y: sourceY },
        { x: targetX, y: targetY },
      ]
    : [
        { x: sourceX, y: sourceY },
        { x: sourceX + width, y: targetY },
      ];
}

/** As an SVG path. */
export function curvePath(ends: Ends, bends: Way["bends"]): string {
  const [from, to] = bendOf(ends, bends);
  const middle = (from.x + to.x) / 2;
  const bend = `${from.x},${from.y} C${middle},${from.y} ${middle},${to.y} ${to.x},${to.y}`;
  if (bends === "early") return `M${bend} L${ends.targetX},${to.y}`;
  return bends === "late" ? `M${ends.sourceX},${from.y} L${bend}` : `M${bend}`;
}

/** @param part of the way from left to right, from 0 to 1 */
export function pointOnCurve(ends: Ends, bends: Way["bends"], part: number): Point {
  const x = ends.sourceX + (ends.targetX - ends.sourceX) * part;
  const [from, to] = bendOf(ends, bends);
  if (x <= from.x) return { x, y: from.y };
  if (x >= to.x) return { x, y: to.y };
  const t = partAt((x - from.x) / (to.x - from.x));
  return { x, y: from.y + (to.y - from.y) * t * t * (3 - 2 * t) };
}

/** Where on a bend, whose control points are half way, it is so far to the right. */
function partAt(right: number): number {
  let t = right;
  for (let step = 0; step < 8; step++) {
    const x = 1.5 * t * (1 - t) + t * t * t;
    t -= (x - right) / (1.5 - 3 * t + 3 * t * t);
  }
  return t;
}

/** How high an edge goes back, below or above the card that it leaves. */
export function backHeight({ sourceY, targetY }: Ends, top: number, bottom: number): number {
  return targetY > sourceY ? bottom + BACK_GAP : top - BACK_GAP;
}

/** @param part of the way back, from 0 to 1 */
export function pointOnWayBack({ sourceX, targetX }: Ends, height: number, part: number): Point {
  return { x: sourceX + (targetX - sourceX) * part, y: height };
}
