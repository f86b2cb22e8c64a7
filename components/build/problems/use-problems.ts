"use client";
import { useEffect, useMemo, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { faultsOf } from "@/lib/build/evaluation";
import { type Problem, problemsOf } from "@/lib/build/problems";
import type { BuildState } from "@/lib/build/state";
import type { DocumentStore } from "@/lib/store/types";

const NO_WARNINGS: BuildState["warnings"] = [];
/** Milliseconds without a change of the text, after which the list follows it. */
const REST = 100;

/** Of the text and of the build on show; the same list until one of them changes what it complains of. */
export function useProblems(): Problem[] {
  const { tree, options, findings } = useRested();
  const diagnostics = faultsOf(tree, options);
  const status = useDocument((state) => state.build?.state.status ?? null);
  const error = useDocument((state) => state.build?.state.error ?? null);
  const warnings = useDocument((state) => state.build?.state.warnings ?? NO_WARNINGS);
  return useMemo(
    () => problemsOf(tree, status && { status, error, warnings }, findings, diagnostics),
    [tree, findings, diagnostics, status, error, warnings],
  );
}

type Read = Pick<DocumentStore, "tree" | "options" | "findings">;

/** What is complained of, as it is once the hands rest: a key pressed is drawn by the canvas and the text alone. */
function useRested(): Read {
  const store = useDocumentStore();
  const [read, setRead] = useState<Read>(() => store.getState());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = () => setRead(store.getState());
    const soon = (now: Read, before: Read) => {
      if (now.tree === before.tree && now.options === before.options && now.findings === before.findings)
        return;
      clearTimeout(timer);
      timer = setTimeout(follow, REST);
    };
    follow();
    const stop = store.subscribe(soon);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [store]);
  return read;
}
