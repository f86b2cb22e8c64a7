/** Where a key leads: up and down through cards and rows in the order of the file, left and right along edges. */
import { ARGUMENTS_NODE } from "@/lib/graph/arguments";
import type { StageGraph } from "@/lib/graph/types";
import type { Selection } from "@/lib/store/types";

export interface Place {
  node: string;
  /** Null for the card as a whole. */
  instruction: number | null;
}

export function stepFrom(graph: StageGraph, from: Place, key: string): Place | null {
  const nodes = nodesOf(graph);
  const rows = rowsOf(graph, from.node);
  const row = from.instruction === null ? -1 : rows.indexOf(from.instruction);
  switch (key) {
    case "ArrowDown": {
      const next = rows[row + 1];
      return next === undefined
        ? cardAt(nodes, nodes.indexOf(from.node) + 1)
        : { ...from, instruction: next };
    }
    case "ArrowUp": {
      if (row > 0) return { ...from, instruction: rows[row - 1]! };
      if (row === 0) return { ...from, instruction: null };
      return cardAt(nodes, nodes.indexOf(from.node) - 1);
    }
    case "ArrowRight": {
      const edge = graph.edges.find(({ source }) => source === from.node);
      if (!edge) return null;
      return { node: edge.target, instruction: edge.kind === "from" ? null : edge.instruction };
    }
    case "ArrowLeft": {
      const edge = graph.edges.find(
        ({ target, instruction }) => target === from.node && instruction === (from.instruction ?? 0),
      );
      if (edge) return { node: edge.source, instruction: null };
      return from.instruction === null ? null : { ...from, instruction: null };
    }
    case "Home":
      return cardAt(nodes, 0);
    case "End":
      return cardAt(nodes, nodes.length - 1);
    default:
      return null;
  }
}

/** Where whoever comes from outside begins. */
export function firstPlace(graph: StageGraph): Place | null {
  return cardAt(nodesOf(graph), 0);
}

/**
 * Where the focus goes when what had it is gone: the row that took its number, or the last one of its card; the card
 * that took its number, or the last one. `index` is where the card stood among all.
 */
export function placeInstead(graph: StageGraph, gone: Place, index: number): Place | null {
  const nodes = nodesOf(graph);
  if (!nodes.includes(gone.node)) return cardAt(nodes, Math.min(Math.max(index, 0), nodes.length - 1));
  const rows = rowsOf(graph, gone.node);
  const instruction =
    gone.instruction === null ? undefined : (rows.find((row) => row >= gone.instruction!) ?? rows.at(-1));
  return { node: gone.node, instruction: instruction ?? null };
}

/** Where what is selected is drawn; an edge where it arrives. */
export function placeOfSelection(selection: Selection, { edges, images }: StageGraph): Place | null {
  switch (selection.kind) {
    case "none":
      return null;
    case "stage":
      return { node: selection.stage, instruction: null };
    case "instruction":
      return { node: selection.stage, instruction: selection.instruction };
    case "argument":
      return { node: ARGUMENTS_NODE, instruction: null };
    case "image": {
      const image = images.find(({ id, ref }) => id === selection.image || ref === selection.image);
      return image ? { node: image.id, instruction: null } : null;
    }
    case "edge": {
      const edge = edges.find(({ id }) => id === selection.edge);
      return edge ? { node: edge.target, instruction: edge.instruction || null } : null;
    }
  }
}

/** Stages in the order of the file, then images. */
export function nodesOf({ stages, images }: StageGraph): string[] {
  return [...stages, ...images].map(({ id }) => id);
}

function rowsOf({ stages }: StageGraph, id: string): number[] {
  return stages.find((stage) => stage.id === id)?.rows.map(({ instruction }) => instruction) ?? [];
}

function cardAt(nodes: readonly string[], index: number): Place | null {
  const node = nodes[index];
  return node === undefined ? null : { node, instruction: null };
}
