/**
 * A long chain of stages, laid out from left to right, is a thread that nobody can read as a whole: it is cut where
 * few edges cross and its parts put below each other, read like lines of text.
 */
import type { LayoutEdge, LayoutNode, Point } from "./layout";

/** Pixels of the unzoomed canvas. What is no wider can be read as a whole in one line. */
const WIDE = 2600;
/** Of a canvas, width to height. */
const SHAPE = 1.7;
/** Between two lines; edges go back through it. */
const LINE_GAP = 90;
/** Nodes that edges may cross a cut from: with more, the lines would hang together by a tangle. */
const FEW = 3;
/** How far from where it would best be a cut may lie, in parts of a line. */
const LEEWAY = 0.35;

interface Box extends Point {
  id: string;
  right: number;
  bottom: number;
}

/** A place between two columns, and from how many nodes edges cross it. */
interface Gap {
  x: number;
  crossing: number;
}

/** The same places where the picture is not that wide, or hangs together too much to be cut. */
export function fold(
  places: Readonly<Record<string, Point>>,
  nodes: readonly LayoutNode[],
  edges: readonly Pick<LayoutEdge, "source" | "target">[],
): Record<string, Point> {
  const boxes = nodes.flatMap(({ id, width, height }): Box[] => {
    const place = places[id];
    return place ? [{ id, ...place, right: place.x + width, bottom: place.y + height }] : [];
  });
  const left = Math.min(...boxes.map(({ x }) => x));
  const width = Math.max(...boxes.map(({ right }) => right)) - left;
  if (!(width > WIDE)) return { ...places };
  const cuts = cutsOf(gapsOf(boxes, edges), left, width, linesFor(boxes, width));
  return cuts ? inLines(boxes, cuts) : { ...places };
}

/** As many as give the whole the shape of a canvas. */
function linesFor(boxes: readonly Box[], width: number): number {
  const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ y }) => y));
  return Math.round(Math.sqrt(width / (SHAPE * (height + LINE_GAP))));
}

/** From left to right. */
function gapsOf(boxes: readonly Box[], edges: readonly Pick<LayoutEdge, "source" | "target">[]): Gap[] {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  /** Where the last edge from it ends. */
  const reach = new Map<string, number>();
  for (const { source, target } of edges) {
    const end = byId.get(target)?.x;
    if (end !== undefined) reach.set(source, Math.max(end, reach.get(source) ?? end));
  }
  const gaps: Gap[] = [];
  let right = Number.POSITIVE_INFINITY;
  for (const box of [...boxes].sort((one, other) => one.x - other.x)) {
    if (box.x > right) {
      const x = (box.x + right) / 2;
      const crossing = boxes.filter((each) => each.x < x && (reach.get(each.id) ?? x) > x).length;
      gaps.push({ x, crossing });
    }
    right = right === Number.POSITIVE_INFINITY ? box.right : Math.max(right, box.right);
  }
  return gaps;
}

/** Where to cut for so many lines; null where that is one, or a cut would go through too much. */
function cutsOf(gaps: readonly Gap[], left: number, width: number, lines: number): number[] | null {
  if (lines < 2) return null;
  const cuts: number[] = [];
  for (let line = 1; line < lines; line++) {
    const best = left + (line * width) / lines;
    const away = (gap: Gap) => Math.abs(gap.x - best);
    const [gap] = gaps
      .filter((each) => away(each) < (LEEWAY * width) / lines)
      .sort((one, other) => one.crossing - other.crossing || away(one) - away(other));
    if (!gap || gap.crossing > FEW) return null;
    if (gap.x > (cuts.at(-1) ?? left)) cuts.push(gap.x);
  }
  return cuts;
}

function inLines(boxes: readonly Box[], cuts: readonly number[]): Record<string, Point> {
  const places: Record<string, Point> = {};
  let top = 0;
  for (const [line, start] of [Number.NEGATIVE_INFINITY, ...cuts].entries()) {
    const end = cuts[line] ?? Number.POSITIVE_INFINITY;
    const own = boxes.filter(({ x }) => x > start && x < end);
    const left = Math.min(...own.map(({ x }) => x));
    const upper = Math.min(...own.map(({ y }) => y));
    for (const { id, x, y } of own) places[id] = { x: Math.round(x - left), y: Math.round(y - upper + top) };
    top += Math.max(...own.map(({ bottom }) => bottom)) - upper + LINE_GAP;
  }
  return places;
}
