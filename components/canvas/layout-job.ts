/** What stands on screen, as a job for the layout: measured sizes, and handles where they truly are. */
import type { Edge, ReactFlowState } from "@xyflow/react";
import type { LayoutJob, LayoutNode, Port } from "@/lib/graph/layout";
import { pathText } from "./edges/edge-text";
import type { BundleModel } from "./models";

const LABEL_HEIGHT = 24;
/** Of the label's monospaced letters at its size, and of what is around them. */
const LETTER_WIDTH = 6.7;
const LABEL_PADDING = 18;
/** " · 6.92MB" comes after the build; the room is left before. */
const BYTES_WIDTH = 62;

/** What stands on screen. */
export type OnScreen = Pick<ReactFlowState, "nodeLookup" | "edges">;

/** What is drawn of an edge. */
export type Written = (edge: Edge) => Pick<BundleModel, "kind" | "members"> | undefined;

export function layoutJob({ nodeLookup, edges }: OnScreen, written: Written): LayoutJob {
  // The card of ARGs has no edges: it is placed beside the whole.
  const drawn = [...nodeLookup.values()].filter(({ type }) => type !== "args");
  const nodes = drawn.map(({ id, type, measured, internals }): LayoutNode => {
    const { source, target } = internals.handleBounds ?? {};
    const ports = (side: Port["side"], handles: typeof source): Port[] =>
      (handles ?? []).map(({ id: handle, y, height }) => ({
        id: handle ?? "",
        side,
        y: Math.round(y + height / 2),
      }));
    return {
      id,
      outside: type === "image",
      width: measured.width ?? 0,
      height: measured.height ?? 0,
      ports: [...ports("west", target), ...ports("east", source)],
    };
  });
  return {
    nodes,
    edges: edges.map((edge) => {
      const { id, source, sourceHandle, target, targetHandle } = edge;
      const bundle = written(edge);
      const text = pathText(bundle?.members ?? []);
      const bytes = bundle?.kind === "copy" ? BYTES_WIDTH : 0;
      return {
        id,
        source,
        sourcePort: sourceHandle ?? "",
        target,
        targetPort: targetHandle ?? "",
        label:
          text === null
            ? null
            : { width: Math.round(text.length * LETTER_WIDTH + LABEL_PADDING + bytes), height: LABEL_HEIGHT },
      };
    }),
  };
}
