/**
 * What a stage's card measures, told from what stands on it: a large graph is laid out, drawn and searched without its
 * cards being drawn whole. A card that is drawn whole is measured; the style sheet's numbers are in both places.
 */
import { type NodeHandle, Position } from "@xyflow/react";
import { BASE_PORT, FILES_PORT, rowPort, type Size, TOP_PORT } from "@/lib/graph/layout";
import type { CardModel } from "../models";

/** More cards than this are a large graph, of which only those in sight are drawn whole. */
export const LARGE = 40;

export interface CardOutline extends Size {
  handles: NodeHandle[];
  /** The same of cards that measure alike. */
  key: string;
}

const WIDTH = 300;
const BORDER = 1;
/** Title and FROM, with what is around them. */
const HEAD = 68;
const COMMENT = 18;
const ROW = 24;
/** An instruction in a comment. */
const COMMENTED = 22;
/** Above the first row, and below the last. */
const BEFORE_ROWS = 3;
const AFTER_ROWS = 9;
const FOOTER = 36;
/** Middle of the handles, from the upper edge and from the lower. */
const TOP = 47;
const FILES = 19;

const outlines = new WeakMap<CardModel, CardOutline>();

/** In pixels of the unzoomed canvas. */
export function outlineOf(card: CardModel): CardOutline {
  const known = outlines.get(card);
  if (known) return known;
  const outline = draw(card);
  outlines.set(card, outline);
  return outline;
}

function draw({ comment, collapsed, rows, commented }: CardModel): CardOutline {
  const head = BORDER + HEAD + (comment ? COMMENT : 0);
  const empty = rows.length + commented.length === 0;
  const lines = rows.length * ROW + commented.length * COMMENTED;
  const body = collapsed ? 0 : empty ? -1 : BEFORE_ROWS + lines + AFTER_ROWS;
  const height = head + body + FOOTER + BORDER;
  const arrivals = (collapsed ? [] : rows).flatMap(({ instruction, arrives }, nth) => {
    if (!arrives) return [];
    const before = commented.filter(({ at }) => at <= instruction).length;
    const y = head + BEFORE_ROWS + before * COMMENTED + (nth + 0.5) * ROW;
    return [handle("target", rowPort(instruction), y, 7)];
  });
  return {
    width: WIDTH,
    height,
    key: [height, ...arrivals.map(({ id, y }) => `${id} ${y}`)].join(),
    handles: [
      handle("target", TOP_PORT, TOP, 9),
      ...arrivals,
      handle("source", BASE_PORT, TOP, 9),
      handle("source", FILES_PORT, height - FILES, 9),
    ],
  };
}

/** Its middle lies on the card's edge, at `y` from the upper one. */
function handle(type: NodeHandle["type"], id: string, y: number, size: number): NodeHandle {
  const [position, edge] = type === "target" ? [Position.Left, BORDER] : [Position.Right, WIDTH - BORDER];
  return { id, type, position, x: edge - size / 2, y: y - size / 2, width: size, height: size };
}
