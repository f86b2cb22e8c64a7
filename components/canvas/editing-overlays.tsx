"use client";
/** What stands over the canvas for those who edit; those who only look never load it. */
import { useEffect } from "react";
import { planRename } from "@/lib/dockerfile/service";
import { ChoosingHost } from "./base-picker/choosing-host";
import { useCanvasStore } from "./canvas-state";
import { CardMenu } from "./card-menu/card-menu";
import { dragStage } from "./card-menu/stage-drag";
import { StageDragVerdict } from "./card-menu/stage-drag-verdict";
import { ConnectionLine } from "./edges/connection-line";
import { EdgeEnds } from "./edges/edge-ends";
import { useConnecting } from "./edges/use-connecting";
import { ExtractionForm } from "./extraction/extraction-form";
import { InstructionForm } from "./instruction-form/instruction-form";
import { planRemoval } from "./removal";
import { RemovalDialog } from "./removal-dialog";
import { RenameField } from "./rename-field";
import { dragRow } from "./rows/row-drag";
import { RowMenu } from "./rows/row-menu";
import { RowVerdict, Verdict } from "./verdict";

export function EditingOverlays() {
  const canvas = useCanvasStore();
  const { start, end } = useConnecting();
  useEffect(() => {
    const { change } = canvas.getState();
    const connecting = { onConnectStart: start, onConnectEnd: end };
    const parts = { ConnectionLine, EdgeEnds, RenameField, dragStage, dragRow, planRemoval, planRename };
    change({ editing: { ...connecting, ...parts } });
    return () => change({ editing: null });
  }, [canvas, start, end]);
  return (
    <>
      <Verdict />
      <RowVerdict />
      <StageDragVerdict />
      <ChoosingHost />
      <CardMenu />
      <RowMenu />
      <InstructionForm />
      <ExtractionForm />
      <RemovalDialog />
    </>
  );
}
