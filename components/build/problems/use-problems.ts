"use client";
import { useMemo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { buildOf } from "@/lib/build/evaluation";
import { type Problem, problemsOf } from "@/lib/build/problems";
import type { BuildState } from "@/lib/build/state";

const NO_WARNINGS: BuildState["warnings"] = [];

/** Of the text and of the build on show; the same list until one of them changes what it complains of. */
export function useProblems(): Problem[] {
  const tree = useDocument((state) => state.tree);
  const diagnostics = useDocument((state) => buildOf(state.tree, state.options).diagnostics);
  const findings = useDocument((state) => state.findings);
  const status = useDocument((state) => state.build?.state.status ?? null);
  const error = useDocument((state) => state.build?.state.error ?? null);
  const warnings = useDocument((state) => state.build?.state.warnings ?? NO_WARNINGS);
  return useMemo(
    () => problemsOf(tree, status && { status, error, warnings }, findings, diagnostics),
    [tree, findings, diagnostics, status, error, warnings],
  );
}
