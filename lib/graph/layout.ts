/**
 * The automatic layout: layered, left to right, so that what is needed stands left of what needs it. This is the job
 * as ELK wants it and the answer read back; who runs it (a worker in the page, the plain class in tests) is not
 * known here. Sizes and ports are those measured on screen, in pixels of the unzoomed canvas.
 */
import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api";
import type { GraphEdge } from "./types";

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Where edges leave (east) and arrive (west); `y` from the node's upper edge. */
export interface Port {
  id: string;
  side: "west" | "east";
  y: number;
}

export interface LayoutNode extends Size {
  id: string;
  /** An image: others need it, it needs nobody. */
  outside: boolean;
  ports: readonly Port[];
}

export interface LayoutEdge {
  id: string;
  source: string;
  sourcePort: string;
  target: string;
  targetPort: string;
  /** Room that the edge's label wants on its way. */
  label: Size | null;
}

export interface LayoutJob {
  nodes: readonly LayoutNode[];
  edges: readonly LayoutEdge[];
}

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.edgeRouting": "POLYLINE",
  "elk.spacing.nodeNode": "36",
  "elk.spacing.edgeNode": "20",
  "elk.spacing.edgeEdge": "14",
  "elk.spacing.componentComponent": "56",
  "elk.layered.spacing.nodeNodeBetweenLayers": "48",
  "elk.layered.spacing.edgeNodeBetweenLayers": "24",
  // Short edges: an image stands next to its first user instead of in a far column of all images.
  "elk.layered.layering.strategy": "NETWORK_SIMPLEX",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  // Among equals the order of the file, so that the same text always gives the same picture.
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.layered.considerModelOrder.components": "MODEL_ORDER",
};

/**
 * Above this many nodes, edges or columns that edges pass the fine layout takes seconds (handles and labels multiply its
 * work; an image that each of 28 stages in a row uses, a minute), and a long way from one image to forty stages makes no
 * picture clearer.
 */
const FINE_NODES = 30;
const FINE_EDGES = 60;
const FINE_PASSED = 70;

const COARSE_OPTIONS = {
  ...OPTIONS,
  "elk.layered.nodePlacement.strategy": "SIMPLE",
  "elk.layered.considerModelOrder.strategy": "NONE",
  "elk.layered.spacing.nodeNodeBetweenLayers": "110",
  "elk.layered.thoroughness": "3",
};

/** Port ids are unique in an ELK graph, handles only within their node. */
const portId = (node: string, port: string) => `${node}#${port}`;

/**
 * The job in ELK's words. Of a large one only what matters is laid out: one edge a pair of nodes, and no node that
 * several others use from outside ({@link LayoutNode.outside}); what is left out is for placeNewcomers.
 */
export function toElk(job: LayoutJob): ElkNode {
  // A stage that copies from itself is a mistake in the text, not a reason to draw a loop.
  const known = new Set(job.nodes.map(({ id }) => id));
  const edges = job.edges.filter(
    ({ source, target }) => source !== target && known.has(source) && known.has(target),
  );
  const fine =
    job.nodes.length <= FINE_NODES && edges.length <= FINE_EDGES && columnsPassed(edges) <= FINE_PASSED;
  return fine ? fineElk(job.nodes, edges) : coarseElk(job.nodes, edges);
}

/** How many columns edges pass in all, where each node stands right next to the farthest that it needs. */
function columnsPassed(edges: readonly LayoutEdge[]): number {
  const needs = new Map<string, string[]>();
  for (const { source, target } of edges) needs.set(target, [...(needs.get(target) ?? []), source]);
  const columns = new Map<string, number>();
  const columnOf = (id: string): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    // Whoever comes by again, in the circles of broken text, finds this.
    columns.set(id, 0);
    const column = Math.max(0, ...(needs.get(id) ?? []).map((source) => columnOf(source) + 1));
    columns.set(id, column);
    return column;
  };
  return edges.reduce((sum, { source, target }) => {
    return sum + Math.max(0, columnOf(target) - columnOf(source) - 1);
  }, 0);
}

function fineElk(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): ElkNode {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return {
    id: "canvas",
    layoutOptions: OPTIONS,
    children: nodes.map(({ id, width, height, ports }) => ({
      id,
      width,
      height,
      layoutOptions: { "elk.portConstraints": "FIXED_POS" },
      ports: ports.map((port) => ({
        id: portId(id, port.id),
        x: port.side === "west" ? 0 : width,
        y: port.y,
        width: 0,
        height: 0,
        layoutOptions: { "elk.port.side": port.side === "west" ? "WEST" : "EAST" },
      })),
    })),
    edges: edges.map(
      (edge): ElkExtendedEdge => ({
        id: edge.id,
        sources: [endOf(byId.get(edge.source)!, edge.sourcePort)],
        targets: [endOf(byId.get(edge.target)!, edge.targetPort)],
        labels: edge.label ? [{ id: `${edge.id}:label`, text: edge.id, ...edge.label }] : [],
      }),
    ),
  };
}

function coarseElk(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): ElkNode {
  const pairs = new Map(edges.map((edge) => [`${edge.source} ${edge.target}`, edge]));
  const users = new Map<string, number>();
  for (const { source } of pairs.values()) users.set(source, (users.get(source) ?? 0) + 1);
  const left = new Set(
    nodes.filter(({ id, outside }) => outside && (users.get(id) ?? 0) > 1).map(({ id }) => id),
  );
  return {
    id: "canvas",
    layoutOptions: COARSE_OPTIONS,
    children: nodes.filter(({ id }) => !left.has(id)).map(({ id, width, height }) => ({ id, width, height })),
    edges: [...pairs.values()]
      .filter(({ source }) => !left.has(source))
      .map(({ id, source, target }) => ({ id, sources: [source], targets: [target] })),
  };
}

/** The port, or the node itself where it does not show that port (a collapsed card has no rows). */
function endOf(node: LayoutNode, port: string): string {
  return node.ports.some(({ id }) => id === port) ? portId(node.id, port) : node.id;
}

/** Upper left corners by node id, in whole pixels. */
export function fromElk(laidOut: Pick<ElkNode, "children">): Record<string, Point> {
  return Object.fromEntries(
    (laidOut.children ?? []).map(({ id, x = 0, y = 0 }) => [id, { x: Math.round(x), y: Math.round(y) }]),
  );
}

/** Handles of the cards, as both the canvas and the layout name them. */
export const BASE_PORT = "base";
export const FILES_PORT = "files";
export const TOP_PORT = "top";
export const rowPort = (instruction: number) => `row:${instruction}`;

/** At which handles an edge leaves and arrives. */
export function portsOf(edge: Pick<GraphEdge, "kind" | "instruction">): {
  sourcePort: string;
  targetPort: string;
} {
  return edge.kind === "from"
    ? { sourcePort: BASE_PORT, targetPort: TOP_PORT }
    : { sourcePort: FILES_PORT, targetPort: rowPort(edge.instruction) };
}
