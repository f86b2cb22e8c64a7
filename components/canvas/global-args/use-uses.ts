"use client";
/** Who uses each ARG: costs a look at the whole file, so it is worked out once the hands rest, and once for all. */
import { useEffect, useMemo, useState } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { type ArgumentNode, type ArgumentUse, usesOfArgument } from "@/lib/graph/arguments";

/** In milliseconds. */
const REST = 200;

export const NO_USES: readonly ArgumentUse[] = [];

/** By name. */
export function useUses(args: readonly ArgumentNode[]): ReadonlyMap<string, readonly ArgumentUse[]> {
  const store = useDocumentStore();
  const [tree, setTree] = useState(() => store.getState().tree);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => setTree(store.getState().tree), REST);
    };
    soon();
    const stop = store.subscribe((state, before) => {
      if (state.tree !== before.tree) soon();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [store]);
  return useMemo(() => new Map(args.map(({ name }) => [name, usesOfArgument(tree, name)])), [args, tree]);
}
