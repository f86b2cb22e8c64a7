/**
 * Ways for edges among the cards: each bends where it runs under the fewest cards, and has its label where that lies on
 * nothing else. Nothing moves for it but the line and the label.
 */
import { backHeight, type Ends, FORWARD, PLAIN, pointOnCurve, pointOnWayBack, type Way } from "./edge-curve";
import type { LayoutJob, LayoutNode, Point, Size } from "./layout";

interface Box extends Point, Size {
  id: string;
}

interface Line {
  id: string;
  source: string;
  target: string;
  ends: Ends;
  label: Size | null;
  /** How high it goes back; null where it goes to the right. */
  back: number | null;
}

/** Points at which it is looked whether a line is under a card. */
const STEPS = 24;
const MARGIN = 4;
const BENDS = ["evenly", "late", "early"] as const;
/** Places for a label, the best first. */
const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

/** By edge; what is not told goes the plain way. */
export function waysOf(job: LayoutJob, positions: Readonly<Record<string, Point>>): Map<string, Way> {
  const nodes = new Map(job.nodes.map((node) => [node.id, node]));
  const boxes = job.nodes.flatMap(({ id, width, height }): Box[] => {
    const place = positions[id];
    return place ? [{ id, ...place, width, height }] : [];
  });
  const lines = job.edges.flatMap(({ id, source, target, sourcePort, targetPort, label }): Line[] => {
    const from = endOf(nodes.get(source), sourcePort, "east", positions[source]);
    const to = endOf(nodes.get(target), targetPort, "west", positions[target]);
    if (!from || !to) return [];
    const ends = { sourceX: from.x, sourceY: from.y, targetX: to.x, targetY: to.y };
    const { y } = positions[source]!;
    const back = to.x > from.x + FORWARD ? null : backHeight(ends, y, y + nodes.get(source)!.height);
    return [{ id, source, target, ends, label, back }];
  });
  const ways = new Map<string, Way>();
  const labels: Box[] = [];
  for (const line of lines) {
    const { way, box } = wayOf(line, boxes, labels);
    if (box) labels.push(box);
    if (way.bends !== PLAIN.bends || way.label !== PLAIN.label) ways.set(line.id, way);
  }
  return ways;
}

/** Of those that run under the fewest cards the first that has room for the label. */
function wayOf(line: Line, boxes: readonly Box[], labels: readonly Box[]): { way: Way; box: Box | null } {
  const [first, ...others] = fewestUnder(line, boxes).map((bends) => {
    if (!line.label) return { way: { bends, label: PLAIN.label }, box: null, free: true };
    const { part, box, free } = placeLabel(line, bends, line.label, [...boxes, ...labels]);
    return { way: { bends, label: part }, box, free };
  });
  return [first!, ...others].find(({ free }) => free) ?? first!;
}

function endOf(node: LayoutNode | undefined, port: string, side: "west" | "east", at: Point | undefined) {
  const found = node?.ports.find(({ id, side: its }) => id === port && its === side);
  if (!node || !found || !at) return null;
  return { x: side === "west" ? at.x : at.x + node.width, y: at.y + found.y };
}

/** The ways that run under the fewest cards, the plainest first. */
function fewestUnder({ source, target, ends, back }: Line, boxes: readonly Box[]): readonly Way["bends"][] {
  if (back !== null) return [PLAIN.bends];
  const others = boxes
    .filter(({ id }) => id !== source && id !== target)
    .filter((box) => isBetween(box, ends));
  if (others.length === 0) return [PLAIN.bends];
  const under = (bends: Way["bends"]) => {
    const points = Array.from({ length: STEPS - 1 }, (_, at) => pointOnCurve(ends, bends, (at + 1) / STEPS));
    return others.filter((box) => points.some((point) => lies(point, box))).length;
  };
  const counts = BENDS.map(under);
  return BENDS.filter((_, at) => counts[at] === Math.min(...counts));
}

function isBetween(box: Box, { sourceX, sourceY, targetX, targetY }: Ends): boolean {
  return (
    box.x < targetX &&
    box.x + box.width > sourceX &&
    box.y - MARGIN < Math.max(sourceY, targetY) &&
    box.y + box.height + MARGIN > Math.min(sourceY, targetY)
  );
}

function lies({ x, y }: Point, box: Box): boolean {
  return (
    x > box.x - MARGIN &&
    x < box.x + box.width + MARGIN &&
    y > box.y - MARGIN &&
    y < box.y + box.height + MARGIN
  );
}

/** The first place where it lies on nothing; the middle where there is none. */
function placeLabel(
  { id, ends, back }: Line,
  bends: Way["bends"],
  { width, height }: Size,
  taken: readonly Box[],
) {
  const at = (part: number) => {
    const { x, y } = back === null ? pointOnCurve(ends, bends, part) : pointOnWayBack(ends, back, part);
    return { part, box: { id, x: x - width / 2, y: y - height / 2, width, height } };
  };
  const free = ({ box }: { box: Box }) =>
    taken.every(
      (other) =>
        box.x >= other.x + other.width ||
        other.x >= box.x + box.width ||
        box.y >= other.y + other.height ||
        other.y >= box.y + box.height,
    );
  const found = PLACES.map(at).find(free);
  return { ...(found ?? at(PLAIN.label)), free: found !== undefined };
}
