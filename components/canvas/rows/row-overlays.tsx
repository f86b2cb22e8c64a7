"use client";
/** What opens at rows: their menu, the form that writes one, and the splitting off of several. */
import { ExtractionForm } from "../extraction/extraction-form";
import { InstructionForm } from "../instruction-form/instruction-form";
import { RowMenu } from "./row-menu";

export function RowOverlays() {
  return (
    <>
      <RowMenu />
      <InstructionForm />
      <ExtractionForm />
    </>
  );
}
