"use client";
/** What several parts of the build panel read from the store, each as one stored object. */
import { useMemo } from "react";
import { useDocument } from "@/components/editor/document-context";
import type { BuildState } from "@/lib/build/state";
import type { StageNode } from "@/lib/graph/types";
import type { BuildSummary } from "@/lib/store/wire";

export function useBuildState(): BuildState | null {
  return useDocument((state) => state.build?.state ?? null);
}

export function isUnderWay(status: BuildSummary["status"] | undefined): boolean {
  return status === "queued" || status === "running";
}

export function useUnderWay(): boolean {
  return useDocument((state) => isUnderWay(state.build?.summary.status));
}

/** Labels of the stages by index; the same list until one of them is another. */
export function useStageLabels(): readonly string[] {
  // No label has a line break in it.
  const labels = useDocument((state) => state.graph.stages.map(({ label }) => label).join("\n"));
  return useMemo(() => (labels === "" ? [] : labels.split("\n")), [labels]);
}

/** The instruction as its row on the card says it; null for FROM and for what is gone. */
export function rowAt(stages: readonly StageNode[], stage: number, instruction: number) {
  return stages[stage]?.rows.find((row) => row.instruction === instruction) ?? null;
}

/** "RUN go build", or "FROM alpine:3.20" for the first of a stage. */
export function instructionText(
  stages: readonly StageNode[],
  stage: number,
  instruction: number,
): string | null {
  if (instruction === 0 && stages[stage]) return `FROM ${stages[stage].baseText}`;
  const row = rowAt(stages, stage, instruction);
  return row && `${row.keyword} ${row.text}`;
}
