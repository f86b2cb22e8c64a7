"use client";
/** The screen of those who only look: what the picture does not need is loaded once it is drawn. */
import dynamic from "next/dynamic";
import { Fragment } from "react";
import { useCanvasState } from "@/components/canvas/canvas-state";
import { CodeView } from "@/components/code/code-view";
import type { EditorParts } from "./parts";
import { ReadingPanes } from "./reading-panes";

const BuildPanel = dynamic(() => import("@/components/build/build-panel").then((part) => part.BuildPanel), {
  ssr: false,
});
const OverlayHost = dynamic(
  () => import("@/components/palette/overlay-host").then((part) => part.OverlayHost),
  { ssr: false },
);

export const READING: Omit<EditorParts, "Header"> = {
  Panes: ReadingPanes,
  Code: CodeView,
  Build: () => useDrawn() && <BuildPanel />,
  Overlays: () => useDrawn() && <OverlayHost />,
  Around: Fragment,
};

/** True once the canvas has been drawn whole, and ever after. */
const useDrawn = () => useCanvasState((s) => s.drawn);
