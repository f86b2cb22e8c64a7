"use client";
/** What a stage of a build holds: looked at where it is known, else read on the build host, which can be stopped. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { FilesOverview } from "@/lib/build/files/wire";
import { getStageFiles, inWords, RequestError, readStageFiles } from "@/lib/share/client";

export type StageFilesState =
  | { status: "asking" }
  | { status: "waiting" }
  /** `total` is 0 while it is not known. */
  | { status: "reading"; bytes: number; total: number }
  | { status: "ready"; overview: FilesOverview }
  | { status: "stopped" }
  | { status: "failed"; message: string; hint: string | undefined };

export function useStageFiles(build: string, stage: number) {
  const [state, setState] = useState<StageFilesState>({ status: "asking" });
  const [time, setTime] = useState(0);
  const leaving = useRef<AbortController | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again each time that a person wishes so
  useEffect(() => {
    const leave = new AbortController();
    leaving.current = leave;
    setState({ status: "asking" });
    const say = (next: StageFilesState) => {
      if (!leave.signal.aborted) setState(next);
    };
    void open(build, stage, say, leave.signal).catch((error) => {
      const { message, hint } = inWords(error);
      say({ status: "failed", message, hint });
    });
    // Whoever leaves wants the host to stop.
    return () => leave.abort();
  }, [build, stage, time]);

  const stop = useCallback(() => {
    leaving.current?.abort();
    setState({ status: "stopped" });
  }, []);
  const again = useCallback(() => setTime((before) => before + 1), []);
  return { state, stop, again };
}

async function open(
  build: string,
  stage: number,
  say: (state: StageFilesState) => void,
  signal: AbortSignal,
): Promise<void> {
  const known = await getStageFiles(build, stage, signal).catch((error) => {
    if (error instanceof RequestError && error.code === "files-not-read") return null;
    throw error;
  });
  if (known) return say({ status: "ready", overview: known });
  for await (const event of readStageFiles(build, stage, signal)) {
    if (event.type === "failed") return say({ status: "failed", message: event.message, hint: event.hint });
    if (event.type === "waiting") say({ status: "waiting" });
    else if (event.type === "reading") say({ status: "reading", bytes: event.bytes, total: event.total });
    else say({ status: "ready", overview: await getStageFiles(build, stage, signal) });
  }
}
