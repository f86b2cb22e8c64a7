"use client";
import { useDeferredValue, useMemo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { faultsOf } from "@/lib/build/evaluation";
import { type Problem, problemsOf } from "@/lib/build/problems";
import type { BuildState } from "@/lib/build/state";

const NO_WARNINGS: BuildState["warnings"] = [];

/**
 * Of the text and of the build on show; the same list until one of them changes what it complains of. While one types it
 * comes after the canvas.
 */
export function useProblems(): Problem[] {
  const tree = useDeferredValue(useDocument((state) => state.tree));
  const diagnostics = useDeferredValue(useDocument((state) => faultsOf(state.tree, state.options)));
  const findings = useDeferredValue(useDocument((state) => state.findings));
  const status = useDocument((state) => state.build?.state.status ?? null);
  const error = useDocument((state) => state.build?.state.error ?? null);
  const warnings = useDocument((state) => state.build?.state.warnings ?? NO_WARNINGS);
  return useMemo(
    () => problemsOf(tree, status && { status, error, warnings }, findings, diagnostics),
    [tree, findings, diagnostics, status, error, warnings],
  );
}
