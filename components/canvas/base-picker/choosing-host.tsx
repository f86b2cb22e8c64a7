"use client";
/** What is being chosen beside a card, if anything is. */
import { useEffect } from "react";
import { useDocument } from "@/components/editor/document-context";
import { useCanvasState, useCanvasStore } from "../canvas-state";
import { DescriptionField } from "./description-field";
import { PlatformPicker } from "./platform-picker";
import { SourcePicker } from "./source-picker";

export function ChoosingHost() {
  const choosing = useCanvasState((s) => s.choosing);
  const canvas = useCanvasStore();
  // The stage or image may be gone by somebody else's hand, or by undo.
  const gone = useDocument((s) => {
    if (!choosing || choosing.kind === "newStage") return false;
    return choosing.kind === "image"
      ? !s.graph.images.some(({ id }) => id === choosing.image)
      : !s.stageIds.includes(choosing.stage);
  });
  useEffect(() => {
    if (gone) canvas.getState().change({ choosing: null });
  }, [gone, canvas]);
  if (!choosing || gone) return null;
  switch (choosing.kind) {
    case "platform":
      return <PlatformPicker key={choosing.stage} choosing={choosing} />;
    case "describe":
      return <DescriptionField key={choosing.stage} choosing={choosing} />;
    default:
      return (
        <SourcePicker key={choosing.kind + ("stage" in choosing ? choosing.stage : "")} choosing={choosing} />
      );
  }
}
