/**
 * Where a node lands that came while others already stand: beside what it relates to, in the nearest free spot.
 * Nobody else moves for it.
 */
import type { Point, Size } from "./layout";

/** Between columns there is room for an edge and its label, between rows only some air. */
const COLUMN_GAP = 110;
const ROW_GAP = 36;

/** What places depend on: any graph that is drawn. */
export interface Drawn {
  stages: readonly { id: string }[];
  images: readonly { id: string }[];
  edges: readonly { source: string; target: string }[];
}

interface Box extends Point, Size {}

/**
 * Places for the nodes of `graph` that `positions` does not know, in the order of the file. `sizeOf` gives what was
 * measured.
 */
export function placeNewcomers(
  graph: Drawn,
  positions: Readonly<Record<string, Point>>,
  sizeOf: (id: string) => Size,
): Record<string, Point> {
  const boxes = new Map<string, Box>();
  const nodes = [...graph.stages, ...graph.images];
  for (const { id } of nodes) {
    const place = positions[id];
    if (place) boxes.set(id, { ...place, ...sizeOf(id) });
  }

  const placed: Record<string, Point> = {};
  const place = (id: string, wish: Point) => {
    const size = sizeOf(id);
    const spot = nearestFree(wish, size, [...boxes.values()]);
    boxes.set(id, { ...spot, ...size });
    placed[id] = spot;
  };

  graph.stages.forEach((stage, index) => {
    if (boxes.has(stage.id)) return;
    place(stage.id, wishOfStage(graph, index, boxes, sizeOf(stage.id)));
  });
  for (const image of graph.images) {
    if (boxes.has(image.id)) continue;
    place(image.id, wishOfImage(graph, image.id, boxes, sizeOf(image.id)));
  }
  return placed;
}

/** Right of all it needs; failing that left of what needs it; failing that under its neighbour in the file. */
function wishOfStage(graph: Drawn, index: number, boxes: ReadonlyMap<string, Box>, size: Size): Point {
  const { id } = graph.stages[index]!;
  const known = (ids: string[]) => ids.flatMap((node) => boxes.get(node) ?? []);
  const needed = known(graph.edges.filter(({ target }) => target === id).map(({ source }) => source));
  if (needed.length > 0) {
    const right = Math.max(...needed.map(({ x, width }) => x + width));
    return { x: right + COLUMN_GAP, y: Math.min(...needed.map(({ y }) => y)) };
  }
  const needing = known(graph.edges.filter(({ source }) => source === id).map(({ target }) => target));
  if (needing.length > 0) {
    const left = Math.min(...needing.map(({ x }) => x));
    return { x: left - COLUMN_GAP - size.width, y: Math.min(...needing.map(({ y }) => y)) };
  }
  const above = graph.stages.slice(0, index).findLast((stage) => boxes.has(stage.id));
  const neighbour = above ?? graph.stages.slice(index + 1).find((stage) => boxes.has(stage.id));
  const box = neighbour && boxes.get(neighbour.id);
  return box ? { x: box.x, y: box.y + box.height + ROW_GAP } : { x: 0, y: 0 };
}

/** Left of the first that uses it, level with its head. */
function wishOfImage(graph: Drawn, id: string, boxes: ReadonlyMap<string, Box>, size: Size): Point {
  const user = graph.edges.find(({ source, target }) => source === id && boxes.has(target));
  const box = user && boxes.get(user.target);
  return box ? { x: box.x - COLUMN_GAP - size.width, y: box.y } : { x: 0, y: 0 };
}

/**
 * The free spot nearest to `wish` in its column, downwards before upwards; the boxes are finite, so there is one.
 */
function nearestFree(wish: Point, size: Size, boxes: readonly Box[]): Point {
  const column = boxes.filter(
    (box) => box.x < wish.x + size.width + ROW_GAP && wish.x < box.x + box.width + ROW_GAP,
  );
  const free = (y: number) =>
    column.every((box) => y + size.height + ROW_GAP <= box.y || box.y + box.height + ROW_GAP <= y);
  const candidates = [
    wish.y,
    ...column.map((box) => box.y + box.height + ROW_GAP),
    ...column.map((box) => box.y - size.height - ROW_GAP),
  ];
  const y = candidates
    .filter(free)
    .reduce((best, at) => (Math.abs(at - wish.y) < Math.abs(best - wish.y) ? at : best), Infinity);
  return { x: Math.round(wish.x), y: Math.round(Number.isFinite(y) ? y : wish.y) };
}

/** Left of everything, level with what stands highest. */
export function placeBeside(positions: Readonly<Record<string, Point>>, size: Size): Point {
  const places = Object.values(positions);
  if (places.length === 0) return { x: 0, y: 0 };
  const left = Math.min(...places.map(({ x }) => x));
  return { x: Math.round(left - size.width - COLUMN_GAP / 2), y: Math.min(...places.map(({ y }) => y)) };
}
