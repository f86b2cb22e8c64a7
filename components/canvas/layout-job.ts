/** What stands on screen, as a job for the layout: measured sizes, and handles where they truly are. */
import type { ReactFlowState } from "@xyflow/react";
import type { LayoutJob, LayoutNode, Port } from "@/lib/graph/layout";
import { pathText } from "./edges/edge-text";
import type { FlowEdge } from "./flow-types";

const LABEL_HEIGHT = 24;
/** Of the label's monospaced letters at its size, and of what is around them. */
const LETTER_WIDTH = 6.7;
const LABEL_PADDING = 18;
/** " · 6.92MB" comes after the build; the room is left before. */
const BYTES_WIDTH = 62;

export function layoutJob({ nodeLookup, edges }: Pick<ReactFlowState, "nodeLookup" | "edges">): LayoutJob {
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
    edges: (edges as FlowEdge[]).map(({ id, source, sourceHandle, target, targetHandle, data }) => {
      const text = pathText(data?.bundle.members ?? []);
      const bytes = data?.bundle.kind === "copy" ? BYTES_WIDTH : 0;
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
