"use client";
import { useSyncExternalStore } from "react";

/** Below this width three panes side by side help nobody. */
const QUERY = "(max-width: 859px)";

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(QUERY);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => matchMedia(QUERY).matches,
    () => false,
  );
}
