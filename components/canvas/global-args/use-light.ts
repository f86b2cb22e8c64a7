"use client";
/** Lights the rows and cards that an ARG reaches, while the pointer or the focus is on it. */
import { type SyntheticEvent, useEffect, useMemo, useRef } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import type { ArgumentUse } from "@/lib/graph/arguments";
import { placeElement } from "../focus";

const ELSEWHERE = ["focusin", "pointerdown"] as const;

export function useLight(uses: readonly ArgumentUse[]): { on(event: SyntheticEvent): void; off(): void } {
  const store = useDocumentStore();
  const lit = useRef<HTMLElement[]>([]);
  const light = useMemo(() => {
    let row: Element | null = null;
    // A field that closes takes the focus with it and says nothing: what comes next elsewhere does.
    const elsewhere = ({ target }: Event) => {
      if (!(target instanceof Node && row?.contains(target))) off();
    };
    const off = () => {
      for (const happening of ELSEWHERE) document.removeEventListener(happening, elsewhere, true);
      for (const element of lit.current) delete element.dataset.lit;
      lit.current = [];
    };
    return {
      on({ currentTarget }: SyntheticEvent) {
        off();
        row = currentTarget;
        for (const happening of ELSEWHERE) document.addEventListener(happening, elsewhere, true);
        const { stageIds } = store.getState();
        lit.current = uses.flatMap(({ stage, instruction }) => {
          const node = stage === null ? undefined : stageIds[stage];
          if (node === undefined) return [];
          const place = placeElement({ node, instruction: instruction || null });
          const base = instruction === 0 && place?.querySelector<HTMLElement>("[data-picker-spot]");
          const element = base || place;
          return element ? [element] : [];
        });
        for (const element of lit.current) element.dataset.lit = "";
      },
      off,
    };
  }, [uses, store]);
  useEffect(() => light.off, [light]);
  return light;
}
