/** Places the nodes of a small stage graph for a picture: images and stages in columns, each right of what it needs. */
import type { GraphEdge, StageGraph } from "@/lib/graph/types";

export interface PreviewNode {
  id: string;
  label: string;
  kind: "stage" | "image";
  final: boolean;
  x: number;
  y: number;
}

export interface Preview {
  nodes: PreviewNode[];
  /** SVG paths from the right side of one node to the left side of another. */
  edges: { id: string; kind: GraphEdge["kind"]; path: string }[];
  width: number;
  height: number;
}

export const NODE_WIDTH = 88;
export const NODE_HEIGHT = 25;
const GAP = 26;
const COLUMN = NODE_WIDTH + GAP;
const LINE = 13;
const ROW = NODE_HEIGHT + LINE;

export function layOutPreview(graph: StageGraph): Preview {
  const column = columnsOf(graph);
  const filled: number[] = [];
  const place = (id: string) => {
    const at = column.get(id) ?? 0;
    const row = filled[at] ?? 0;
    filled[at] = row + 1;
    return { at, row };
  };
  const placed = [
    ...graph.stages.map(({ id, label, final }) => ({
      id,
      label,
      kind: "stage" as const,
      final,
      ...place(id),
    })),
    ...graph.images.map(({ id, ref }) => ({
      id,
      label: ref,
      kind: "image" as const,
      final: false,
      ...place(id),
    })),
  ];
  const tallest = Math.max(1, ...filled.map((rows) => rows ?? 0));
  const nodes = placed.map(({ at, row, ...node }): PreviewNode => {
    const shift = ((tallest - (filled[at] ?? 0)) * ROW) / 2;
    return { ...node, x: at * COLUMN, y: row * ROW + shift };
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = graph.edges.flatMap(({ id, kind, source, target }) => {
    const from = byId.get(source);
    const to = byId.get(target);
    return from && to ? [{ id, kind, path: curve(from, to, kind === "from" ? -4 : 4) }] : [];
  });
  return { nodes, edges, width: Math.max(1, filled.length) * COLUMN - GAP, height: tallest * ROW - LINE };
}

/** A stage stands right of all it needs; an image right before the first stage that uses it. */
function columnsOf({ stages, images, edges }: StageGraph): Map<string, number> {
  const column = new Map<string, number>();
  // Stages need earlier ones only, so one pass in their order is enough.
  for (const { id } of stages) {
    const needs = edges.filter(({ target }) => target === id).map(({ source }) => column.get(source) ?? 0);
    column.set(id, needs.length > 0 ? Math.max(...needs) + 1 : 0);
  }
  for (const { id } of images) {
    const users = edges.filter(({ source }) => source === id).map(({ target }) => column.get(target) ?? 1);
    column.set(id, Math.max(0, Math.min(...users) - 1));
  }
  return column;
}

function curve(from: PreviewNode, to: PreviewNode, shift: number): string {
  const [x1, y1] = [from.x + NODE_WIDTH, from.y + NODE_HEIGHT / 2];
  const [x2, y2] = [to.x, to.y + NODE_HEIGHT / 2 + shift];
  const bend = Math.max(18, (x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
