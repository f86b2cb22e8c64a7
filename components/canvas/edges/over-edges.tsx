"use client";
import { useStore } from "@xyflow/react";
import { type ReactNode, useMemo } from "react";
import { createPortal } from "react-dom";

/**
 * Draws where React Flow has what stands on edges. Its own way there searches the page's elements for that place, for
 * each label and at each frame of a moving view.
 */
export function OverEdges({ children }: { children: ReactNode }) {
  const flow = useStore((s) => s.domNode);
  const place = useMemo(() => flow?.querySelector(".react-flow__edgelabel-renderer"), [flow]);
  return place ? createPortal(children, place) : null;
}
