"use client";
import { useEffect, useEffectEvent } from "react";
import { useDocumentStore } from "./document-context";

/** Tells whoever shows the build panel that one of its tabs was asked for from elsewhere on the page. */
export function usePanelAsked(show: () => void): void {
  const store = useDocumentStore();
  const showNow = useEffectEvent(show);
  useEffect(
    () =>
      store.subscribe((now, before) => {
        if (now.panelAsked !== before.panelAsked) showNow();
      }),
    [store],
  );
}
