/** Where a small box stands beside another one, all in pixels of the window. */

export type Side = "top" | "right" | "bottom" | "left";
type Box = Pick<DOMRect, "left" | "top" | "right" | "bottom">;
type Size = Pick<DOMRect, "width" | "height">;

/** Between the two boxes, and to the window's edges. */
const GAP = 6;
const EDGE = 8;
const OTHER: Record<Side, Side> = { top: "bottom", bottom: "top", left: "right", right: "left" };

/** On the side wished for, or the one opposite where there is no room; moved along it to stay in the window. */
export function placeBeside(anchor: Box, box: Size, side: Side, room: Size): { x: number; y: number } {
  const wished = beside(anchor, box, side);
  const { x, y } = fits(wished, box, side, room) ? wished : beside(anchor, box, OTHER[side]);
  return {
    x: Math.max(EDGE, Math.min(x, room.width - box.width - EDGE)),
    y: Math.max(EDGE, Math.min(y, room.height - box.height - EDGE)),
  };
}

function beside(anchor: Box, { width, height }: Size, side: Side): { x: number; y: number } {
  const x = (anchor.left + anchor.right - width) / 2;
  const y = (anchor.top + anchor.bottom - height) / 2;
  switch (side) {
    case "top":
      return { x, y: anchor.top - GAP - height };
    case "bottom":
      return { x, y: anchor.bottom + GAP };
    case "left":
      return { x: anchor.left - GAP - width, y };
    case "right":
      return { x: anchor.right + GAP, y };
  }
}

function fits({ x, y }: { x: number; y: number }, { width, height }: Size, side: Side, room: Size): boolean {
  return side === "top" || side === "bottom"
    ? y >= EDGE && y + height <= room.height - EDGE
    : x >= EDGE && x + width <= room.width - EDGE;
}
