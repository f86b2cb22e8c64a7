"use client";
/** One clock for everything that counts seconds on the canvas; it stands still while nobody looks at it. */
import { useSyncExternalStore } from "react";

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function tick(): void {
  now = Date.now();
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  if (watchers.size === 0) {
    now = Date.now();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    timer = setInterval(tick, calm ? 1000 : 100);
  }
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) clearInterval(timer);
  };
}

/** Milliseconds since the epoch, ticking. */
export function useNow(): number {
  return useSyncExternalStore(
    watch,
    () => now,
    () => now,
  );
}
