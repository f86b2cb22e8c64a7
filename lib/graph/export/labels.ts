/** Words that the exported pictures share. */
import type { GraphEdge, StageGraph } from "../types";

/** Names that every language of diagrams takes: `stage0`, `image0`, by node id. */
export function idsOf(graph: StageGraph): Map<string, string> {
  const ids = new Map<string, string>();
  for (const [index, { id }] of graph.stages.entries()) ids.set(id, `stage${index}`);
  for (const [index, { id }] of graph.images.entries()) ids.set(id, `image${index}`);
  return ids;
}

/** What goes along an edge: `COPY /app`, `mount /src`; of a FROM `FROM`. */
export function edgeLabel({ kind, sources, destination }: GraphEdge): string {
  if (kind === "from") return "FROM";
  const files = sources.length > 0 ? sources.join(" ") : (destination ?? "");
  return `${kind === "copy" ? "COPY" : "mount"} ${files}`.trimEnd();
}

/** Edges of one kind between the same two nodes, and what stands on them; "" where the line says it all. */
export interface Bundle {
  /** id of the first of them */
  first: string;
  text: string;
}

const LONGEST_LABEL = 40;

/** `figures` are the bytes by edge id and how they read. */
export function bundlesOf(
  graph: StageGraph,
  figures?: { edges: ReadonlyMap<string, number>; format(bytes: number): string },
): Bundle[] {
  const bundles = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    const key = `${edge.kind}:${edge.source}>${edge.target}`;
    const list = bundles.get(key);
    if (list === undefined) bundles.set(key, [edge]);
    else list.push(edge);
  }
  return [...bundles.values()].map((edges) => {
    const [first] = edges as [GraphEdge];
    const several = `${edges.length} ${first.kind === "copy" ? "copies" : "mounts"}`;
    const known = edges.flatMap(({ id }) => figures?.edges.get(id) ?? []);
    const bytes =
      figures && known.length > 0 ? figures.format(known.reduce((sum, each) => sum + each, 0)) : "";
    return {
      first: first.id,
      text: [edges.length > 1 ? several : pathLabel(first), bytes].filter(Boolean).join(" · "),
    };
  });
}

function pathLabel({ kind, source, sources, destination }: GraphEdge): string {
  if (kind === "from") return source.startsWith("image:") ? "" : "FROM";
  const files = sources.join(" ");
  if (kind === "mount") return shorten(`mount ${destination || files}`.trim(), LONGEST_LABEL);
  const same = files === destination || files === "" || destination === null;
  return shorten(same ? (destination ?? files) : `${files} → ${destination}`, LONGEST_LABEL);
}

/** Letters of a fixed width: East Asian ones and most emoji take two. */
export function columns(text: string): number {
  let count = 0;
  for (const letter of text) {
    if (/\p{Mark}/u.test(letter)) continue;
    count +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        letter,
      )
        ? 2
        : 1;
  }
  return count;
}

/** Cut in the middle, where paths and images say least. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const tail = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - tail)}…${text.slice(text.length - tail)}`;
}
