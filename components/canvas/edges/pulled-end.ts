"use client";
import { useStoreApi } from "@xyflow/react";
import { useCanvasState } from "../canvas-state";
import type { EdgeModel } from "../models";

interface Ends {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}

export interface EdgeEndsProps extends Ends {
  edge: EdgeModel;
}

/** Where the pulled end of an edge is, in the graph's coordinates; null while it is not pulled. */
export function usePulledEnd(edge: string): { ends: Partial<Ends>; refused: boolean } | null {
  const connecting = useCanvasState((s) =>
    s.connecting && "edge" in s.connecting.pull && s.connecting.pull.edge === edge ? s.connecting : null,
  );
  const flow = useStoreApi();
  if (!connecting?.pointer) return null;
  const [left, top, zoom] = flow.getState().transform;
  const x = (connecting.pointer.x - left) / zoom;
  const y = (connecting.pointer.y - top) / zoom;
  const ends = connecting.pull.kind === "source" ? { sourceX: x, sourceY: y } : { targetX: x, targetY: y };
  return { ends, refused: connecting.plan?.ok === false };
}
