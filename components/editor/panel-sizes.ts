"use client";
import { useState } from "react";

/** Percentages by pane. */
export type PanelSizes = Readonly<Record<string, number>>;

export const DEFAULT_SIZES = {
  across: { canvas: 66, code: 34 },
  down: { top: 74, build: 26 },
} as const;

/** Keeps how somebody sized the panes, in this browser. */
export function usePanelSizes(name: keyof typeof DEFAULT_SIZES) {
  const key = `stagecraft-panes-${name}`;
  const [defaultLayout] = useState(() => read(key));
  return {
    defaultLayout,
    onLayoutChanged(layout: PanelSizes) {
      try {
        localStorage.setItem(key, JSON.stringify(layout));
      } catch {
        // Without storage the sizes last as long as the page.
      }
    },
  };
}

function read(key: string): Record<string, number> | undefined {
  try {
    const layout: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    if (typeof layout !== "object" || layout === null) return undefined;
    return Object.values(layout).every((size) => Number.isFinite(size))
      ? (layout as Record<string, number>)
      : undefined;
  } catch {
    return undefined;
  }
}
