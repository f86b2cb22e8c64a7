/** Where reading a picture begins that is too large to be read as a whole. */
import type { Point, Size } from "./layout";

export interface Standing extends Point, Size {
  id: string;
  kind: "stage" | "image";
}

/** As far left of the first stage images may stand that lead to it, or to one beside it. */
const BESIDE = 450;

/**
 * The part to begin with: of all that the last stage needs the stage that needs none itself, the one farthest left where
 * there are several, with the images that lead to it. What the last stage does without is read later.
 *
 * @param nodes stages in the order of the file
 * @returns its left edge, the middle of its first card, and from where to where the whole reaches; null where there is
 * no stage
 */
export function beginningOf(
  nodes: readonly Standing[],
  edges: readonly { source: string; target: string }[],
): { left: number; middle: number; top: number; bottom: number } | null {
  const last = nodes.findLast(({ kind }) => kind === "stage");
  if (!last) return null;
  const needed = neededBy(last.id, edges);
  const stages = new Set(nodes.filter(({ kind }) => kind === "stage").map(({ id }) => id));
  const waiting = new Set(edges.filter(({ source }) => stages.has(source)).map(({ target }) => target));
  const [first = last] = nodes
    .filter(({ id }) => stages.has(id) && needed.has(id) && !waiting.has(id))
    .sort((one, other) => one.x - other.x || one.y - other.y);
  const beside = nodes.filter(({ id, x }) => needed.has(id) && x > first.x - BESIDE);
  return {
    left: Math.min(...beside.map(({ x }) => x)),
    middle: first.y + first.height / 2,
    top: Math.min(...nodes.map(({ y }) => y)),
    bottom: Math.max(...nodes.map(({ y, height }) => y + height)),
  };
}

/** Itself, and all that edges lead to it from. */
function neededBy(id: string, edges: readonly { source: string; target: string }[]): ReadonlySet<string> {
  const sources = new Map<string, string[]>();
  for (const { source, target } of edges) sources.set(target, [...(sources.get(target) ?? []), source]);
  const found = new Set([id]);
  for (const each of found) for (const source of sources.get(each) ?? []) found.add(source);
  return found;
}
