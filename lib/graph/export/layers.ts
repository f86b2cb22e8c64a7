/**
 * A small layered layout for pictures that nobody drags around: what is needed stands left of what needs it, an image
 * right before its first user. The canvas has ELK instead, which knows ports and labels.
 */
import type { StageGraph } from "../types";

export interface Box {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Route {
  /** index into the graph's edges */
  edge: number;
  points: { x: number; y: number }[];
}

export interface Picture {
  boxes: Box[];
  routes: Route[];
  width: number;
  height: number;
}

/** Room for an edge and most labels. */
const COLUMN_GAP = 150;
const ROW_GAP = 24;
const MARGIN = 24;
/** Height that an edge takes on its way through a column. */
const LANE = 14;
/** With more than this many edges in passing, they go straight through instead of around cards. */
const MOST_LANES = 2000;
const SWEEPS = 6;

interface Cell {
  id: string;
  layer: number;
  width: number;
  height: number;
  before: Cell[];
  after: Cell[];
  x: number;
  y: number;
  /** where its column ends: an edge bends only beyond, so as not to run through a wider card beside */
  right: number;
}

export function layOut(
  graph: StageGraph,
  sizeOf: (id: string) => { width: number; height: number },
): Picture {
  const layers = layersOf(graph);
  const cells = new Map<string, Cell>();
  const columns: Cell[][] = [];
  const place = (id: string, layer: number, size: { width: number; height: number }): Cell => {
    const cell: Cell = { id, layer, ...size, before: [], after: [], x: 0, y: 0, right: 0 };
    while (columns.length <= layer) columns.push([]);
    columns[layer]?.push(cell);
    return cell;
  };
  for (const { id } of [...graph.images, ...graph.stages]) {
    cells.set(id, place(id, layers.get(id) ?? 0, sizeOf(id)));
  }
  const routes = graph.edges.map(({ source, target }) => [cells.get(source), cells.get(target)]);
  const passing = routes.reduce(
    (sum, [from, to]) => sum + Math.max(0, (to?.layer ?? 0) - (from?.layer ?? 0) - 1),
    0,
  );
  const ways = routes.map(([from, to], edge) => {
    if (from === undefined || to === undefined) return [];
    const way = [from];
    for (let layer = from.layer + 1; passing <= MOST_LANES && layer < to.layer; layer++) {
      way.push(place(`lane ${edge}`, layer, { width: 0, height: LANE }));
    }
    way.push(to);
    for (let at = 1; at < way.length; at++) {
      way[at]?.before.push(way[at - 1] as Cell);
      way[at - 1]?.after.push(way[at] as Cell);
    }
    return way;
  });
  order(columns);
  const size = position(columns);
  const boxes = [...cells.values()].map(({ id, x, y, width, height }) => ({ id, x, y, width, height }));
  return {
    boxes,
    routes: ways.flatMap((way, edge) => (way.length === 0 ? [] : [route(way, edge)])),
    ...size,
  };
}

/** Columns by node id. A stage that is needed before it is defined is an error in the text; its edge may go back. */
function layersOf(graph: StageGraph): Map<string, number> {
  const index = new Map(graph.stages.map(({ id, index }) => [id, index]));
  const needs = new Map<string, string[]>();
  for (const { source, target } of graph.edges) {
    const list = needs.get(target);
    if (list === undefined) needs.set(target, [source]);
    else list.push(source);
  }
  const layers = new Map<string, number>();
  for (const { id } of graph.stages) {
    let layer = 0;
    for (const need of needs.get(id) ?? []) {
      const position = index.get(need);
      if (position === undefined) layer = Math.max(layer, 1);
      else if (position < (index.get(id) ?? 0)) layer = Math.max(layer, (layers.get(need) ?? 0) + 1);
    }
    layers.set(id, layer);
  }
  for (const { source, target } of graph.edges) {
    if (index.has(source)) continue;
    layers.set(
      source,
      Math.min(layers.get(source) ?? Number.MAX_SAFE_INTEGER, (layers.get(target) ?? 1) - 1),
    );
  }
  return layers;
}

/** Fewer crossings: each column by where its neighbours stand, there and back a few times. */
function order(columns: Cell[][]): void {
  const number = (column: Cell[]) => {
    for (const [at, cell] of column.entries()) cell.y = at;
  };
  for (const column of columns) number(column);
  const mean = (neighbours: Cell[], otherwise: number) =>
    neighbours.length === 0 ? otherwise : neighbours.reduce((sum, { y }) => sum + y, 0) / neighbours.length;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    for (const column of forward ? columns : [...columns].reverse()) {
      const wanted = new Map(column.map((cell) => [cell, mean(forward ? cell.before : cell.after, cell.y)]));
      column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      number(column);
    }
  }
}

function position(columns: Cell[][]): { width: number; height: number } {
  const heightOf = (column: Cell[]) => column.reduce((sum, { height }) => sum + height + ROW_GAP, -ROW_GAP);
  const tallest = columns.reduce((most, column) => Math.max(most, heightOf(column)), 0);
  let x = MARGIN;
  for (const column of columns) {
    const width = column.reduce((most, cell) => Math.max(most, cell.width), 0);
    let y = MARGIN + (tallest - heightOf(column)) / 2;
    for (const cell of column) {
      cell.x = x;
      cell.y = y;
      cell.right = x + width;
      if (cell.width === 0) cell.width = width; // a lane crosses its whole column
      y += cell.height + ROW_GAP;
    }
    x += width + COLUMN_GAP;
  }
  return { width: Math.max(x - COLUMN_GAP, MARGIN) + MARGIN, height: tallest + 2 * MARGIN };
}

function route(way: Cell[], edge: number): Route {
  const points: Route["points"] = [];
  for (const [at, { x, y, width, height, right }] of way.entries()) {
    if (at > 0) points.push({ x, y: y + height / 2 });
    if (at === way.length - 1) continue;
    points.push({ x: x + width, y: y + height / 2 });
    if (right > x + width) points.push({ x: right, y: y + height / 2 });
  }
  return { edge, points };
}
