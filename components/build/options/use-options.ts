"use client";
import { useCallback } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import type { BuildOptions } from "@/lib/build/options";

/** The options of the document, and how to change some of them. */
export function useOptions(): [BuildOptions, (part: Partial<BuildOptions>) => void] {
  const store = useDocumentStore();
  const options = useDocument((state) => state.options);
  const change = useCallback((part: Partial<BuildOptions>) => store.getState().setOptions(part), [store]);
  return [options, change];
}

/** "runtime", "runtime and test", "3 stages". */
export function stageWords(stages: readonly number[], labels: readonly string[]): string {
  const names = stages.map((index) => labels[index] ?? `stage ${index}`);
  if (names.length === 0) return "no stage";
  return names.length <= 2 ? names.join(" and ") : `${names.length} stages`;
}
