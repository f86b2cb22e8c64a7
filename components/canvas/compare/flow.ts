/** A comparison as React Flow's nodes and edges. */
import type { Edge, Node } from "@xyflow/react";
import type { SizeDifference } from "@/lib/build/size-difference";
import { changesOf, TOP_NODE } from "@/lib/graph/compare/changes";
import type {
  ComparedEdge,
  ComparedImage,
  ComparedLine,
  ComparedStage,
  Comparison,
} from "@/lib/graph/compare/types";
import { type Point, portsOf, TOP_PORT } from "@/lib/graph/layout";
import type { BundleModel, EdgeModel } from "../models";

export interface ComparedCard {
  stage: ComparedStage;
  /** Of its FROM, in the rows' numbers, whether an edge arrives there. */
  arrivals: ReadonlySet<number>;
  size: SizeDifference;
  /** Bytes that each row adds more than before; null where that is not known. */
  rows: readonly (number | null)[];
  /** Bytes of the longest bar of all cards. */
  scale: number;
}

export type ComparedStageNode = Node<{ card: ComparedCard }, "stage">;
export type ComparedImageNode = Node<{ image: ComparedImage }, "image">;
export type ComparedTopNode = Node<{ lines: readonly ComparedLine[] }, "args">;
export type ComparedNode = ComparedStageNode | ComparedImageNode | ComparedTopNode;
export type ComparedFlowEdge = Edge<
  { bundle: Omit<BundleModel, "idle">; mark: ComparedEdge["mark"] },
  "compared"
>;

export interface Sizes {
  stages: readonly SizeDifference[];
  /** Bytes that each row adds more than before, by stage; null where that is not known. */
  rows: readonly (readonly (number | null)[])[];
  scale: number;
}

/** Without places: they are measured first. */
export function nodesOf({ top, stages, images, edges }: Comparison, sizes: Sizes): ComparedNode[] {
  const arrivals = new Map<string, Set<number>>();
  for (const { target, row } of edges) {
    if (row === null) continue;
    const of = arrivals.get(target) ?? new Set();
    arrivals.set(target, of.add(row));
  }
  const position: Point = { x: 0, y: 0 };
  const nodes: ComparedNode[] = stages.map((stage, at) => ({
    id: stage.id,
    type: "stage",
    position,
    data: {
      card: {
        stage,
        arrivals: arrivals.get(stage.id) ?? NONE,
        size: sizes.stages[at]!,
        rows: sizes.rows[at]!,
        scale: sizes.scale,
      },
    },
  }));
  nodes.push(...images.map((image) => ({ id: image.id, type: "image" as const, position, data: { image } })));
  if (top.length > 0) nodes.push({ id: TOP_NODE, type: "args", position, data: { lines: top } });
  return nodes;
}

const NONE: ReadonlySet<number> = new Set();

/** A stage that is the same in both is drawn closed: edges arrive at its head. */
export const isClosed = ({ mark }: ComparedStage) => mark === "same" || mark === "moved";

export function edgesOf({ stages, edges }: Comparison): ComparedFlowEdge[] {
  const closed = new Set(stages.filter(isClosed).map(({ id }) => id));
  return edges
    .filter(({ source, target }) => source !== target)
    .map(({ id, kind, source, target, row, mark, before, after }) => {
      const { sources, destination } = (after ?? before)!;
      const instruction = row === null ? 0 : row + 1;
      const edge: EdgeModel = { id, kind, source, target, instruction, sources, destination };
      const { sourcePort, targetPort } = portsOf(edge);
      return {
        id,
        type: "compared",
        source,
        sourceHandle: sourcePort,
        target,
        targetHandle: closed.has(target) ? TOP_PORT : targetPort,
        data: { bundle: { id, kind, source, target, members: [edge] }, mark },
      };
    });
}

/** By node, and by row of it, the first change that is drawn there: what a click chooses. */
export function changesByPlace(comparison: Comparison): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { id, node, row } of changesOf(comparison)) {
    for (const place of [placeOf(node, row), node]) if (!found.has(place)) found.set(place, id);
  }
  return found;
}

export const placeOf = (node: string, row: number | null) => (row === null ? node : `${node}/${row}`);
