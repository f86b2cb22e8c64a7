"use client";
/** A container from what was built: begun, followed, stopped. */
import { useCallback, useEffect, useRef, useState } from "react";
import type { RunEvent } from "@/lib/build/run";
import { inWords, runBuilt } from "@/lib/share/client";

export interface RunState {
  status: "idle" | "starting" | "running" | "ended";
  command: readonly string[];
  output: { stream: 1 | 2; text: string }[];
  ended: Extract<RunEvent, { type: "ended" }> | null;
  problem: { message: string; hint?: string } | null;
}

const IDLE: RunState = { status: "idle", command: [], output: [], ended: null, problem: null };

export function useRun(build: string) {
  const [state, setState] = useState<RunState>(IDLE);
  const stopping = useRef<AbortController | null>(null);
  const stop = useCallback(() => stopping.current?.abort(), []);
  // Whoever closes it wants it to end.
  useEffect(() => stop, [stop]);

  const start = useCallback(
    async (command: string | null) => {
      stop();
      const stopper = new AbortController();
      const { signal } = stopper;
      stopping.current = stopper;
      const begun = Date.now();
      setState({ ...IDLE, status: "starting" });
      try {
        for await (const event of runBuilt(build, command, signal))
          setState((before) => after(before, event));
      } catch (error) {
        // Who stops it hears no more of it: the server ends the container when the request goes.
        const milliseconds = Date.now() - begun;
        setState((before) =>
          signal.aborted
            ? { ...before, ended: { type: "ended", exitCode: null, reason: "stopped", milliseconds, cut: 0 } }
            : { ...before, problem: inWords(error) },
        );
      }
      setState((before) => ({ ...before, status: "ended" }));
    },
    [build, stop],
  );
  return { state, start, stop };
}

function after(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case "started":
      return { ...state, status: "running", command: event.command };
    case "output": {
      const last = state.output.at(-1);
      if (last?.stream !== event.stream) {
        return { ...state, output: [...state.output, { stream: event.stream, text: event.text }] };
      }
      const joined = { stream: last.stream, text: last.text + event.text };
      return { ...state, output: [...state.output.slice(0, -1), joined] };
    }
    case "ended":
      return { ...state, ended: event };
    case "failed":
      return { ...state, problem: { message: event.message, hint: event.hint } };
  }
}
