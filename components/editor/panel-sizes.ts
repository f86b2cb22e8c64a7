"use client";
import { useState } from "react";
import type { Layout } from "react-resizable-panels";

/** Keeps how somebody sized the panes, in this browser. */
export function usePanelSizes(name: string) {
  const key = `stagecraft-panes-${name}`;
  const [defaultLayout] = useState(() => read(key));
  return {
    defaultLayout,
    onLayoutChanged(layout: Layout) {
      try {
        localStorage.setItem(key, JSON.stringify(layout));
      } catch {
        // Without storage the sizes last as long as the page.
      }
    },
  };
}

function read(key: string): Layout | undefined {
  try {
    const layout: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof layout !== "object" || layout === null) return undefined;
    return Object.values(layout).every((size) => Number.isFinite(size)) ? (layout as Layout) : undefined;
  } catch {
    return undefined;
  }
}
