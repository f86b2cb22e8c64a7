"use client";
import { useCallback, useEffect, useState } from "react";
import { inWords } from "@/lib/share/client";

export type Loaded<T> =
  | { state: "loading" }
  | { state: "ready"; value: T }
  | { state: "failed"; message: string; hint?: string };

/** Fetches something once the component is there. `load` must be the same function each time. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>): [Loaded<T>, retry: () => void] {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: "loading" });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another fetch
  useEffect(() => {
    const gone = new AbortController();
    setLoaded({ state: "loading" });
    load(gone.signal).then(
      (value) => setLoaded({ state: "ready", value }),
      (error) => gone.signal.aborted || setLoaded({ state: "failed", ...inWords(error) }),
    );
    return () => gone.abort();
  }, [load, attempt]);
  return [loaded, useCallback(() => setAttempt((count) => count + 1), [])];
}
