import type { ReactFlowInstance } from "@xyflow/react";
import { beginningOf, type Standing } from "@/lib/graph/beginning";
import type { Size } from "@/lib/graph/layout";
import { FIRST_LOOK } from "./view";

/** Shows the part of a large graph that reading begins with: at the left, half way down. */
export async function lookAtBeginning(flow: ReactFlowInstance, frame: Size, zoom: number): Promise<void> {
  // The stages are what one comes for; the ARGs stand beside them.
  const nodes = flow
    .getNodes()
    .flatMap(({ id, type, position, measured }): Standing[] =>
      type === "stage" || type === "image"
        ? [{ id, kind: type, ...position, width: measured?.width ?? 0, height: measured?.height ?? 0 }]
        : [],
    );
  const start = beginningOf(nodes, flow.getEdges());
  if (!start) return;
  const { margin, below } = FIRST_LOOK;
  // Not beyond where there is anything, as far as that is more than there is room for.
  const highest = margin - start.top * zoom;
  const lowest = frame.height - below - start.bottom * zoom;
  const wish = frame.height / 2 - start.middle * zoom;
  const y = lowest < highest ? Math.min(highest, Math.max(lowest, wish)) : (highest + lowest) / 2;
  await flow.setViewport({ zoom, x: margin - start.left * zoom, y });
}
