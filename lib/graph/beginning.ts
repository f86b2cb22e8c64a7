/** Where reading a picture begins that is too large to be read as a whole. */
import type { Point, Size } from "./layout";

export interface Standing extends Point, Size {
  id: string;
  kind: "stage" | "image";
}

/**
 * The part to begin with: of all that the last stage needs the stage that needs none itself, the one farthest left where
 * there are several, with the images that lead to it. What the last stage does without is read later.
 *
 * @param nodes stages in the order of the file
 * @returns its upper left corner, and the middle of its first card; null where there is no stage
 */
export function beginningOf(
  nodes: readonly Standing[],
  edges: readonly { source: string; target: string }[],
): { left: number; middle: number } | null {
  const last = nodes.findLast(({ kind }) => kind === "stage");
  if (!last) return null;
  const needed = neededBy(last.id, edges);
  const stages = new Set(nodes.filter(({ kind }) => kind === "stage").map(({ id }) => id));
  const waiting = new Set(edges.filter(({ source }) => stages.has(source)).map(({ target }) => target));
  const [first = last] = nodes
    .filter(({ id }) => stages.has(id) && needed.has(id) && !waiting.has(id))
    .sort((one, other) => one.x - other.x || one.y - other.y);
  const sources = new Set(edges.filter(({ target }) => target === first.id).map(({ source }) => source));
  const images = nodes.filter(({ kind, id }) => kind === "image" && sources.has(id));
  return { left: Math.min(first.x, ...images.map(({ x }) => x)), middle: first.y + first.height / 2 };
}

/** Itself, and all that edges lead to it from. */
function neededBy(id: string, edges: readonly { source: string; target: string }[]): ReadonlySet<string> {
  const sources = new Map<string, string[]>();
  for (const { source, target } of edges) sources.set(target, [...(sources.get(target) ?? []), source]);
  const found = new Set([id]);
  for (const each of found) for (const source of sources.get(each) ?? []) found.add(source);
  return found;
}
