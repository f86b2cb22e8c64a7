"use client";
import { useEffect, useMemo, useState } from "react";
import { useDocument, useLogStore } from "@/components/editor/document-context";
import type { LogStore, LogView } from "@/lib/build/logs";
import type { VertexState } from "@/lib/build/state";
import { plainText } from "@/lib/build/terminal";

/** The log's version, at most once a frame: a fast log draws as often as the screen does, not as often as it speaks. */
export function useLogVersion(log: LogStore): number {
  const [version, setVersion] = useState(() => log.version());
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      frame = 0;
      setVersion(log.version());
    };
    const stop = log.subscribe(() => {
      frame ||= requestAnimationFrame(draw);
    });
    draw();
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [log]);
  return version;
}

/** The lines of one stage, or of all; of the platform that is shown, where there are several. */
export function useLogView(): LogView {
  const log = useLogStore();
  const stage = useDocument((state) =>
    state.logStage === null ? null : state.stageIds.indexOf(state.logStage),
  );
  // Which vertices there are is said by the plan; their state changes all the time and is of no interest here.
  const vertices = useDocument(({ build }) =>
    stage === null && !build?.platforms ? null : vertexKey(build?.state.vertices, stage),
  );
  return useMemo(() => (vertices === null ? log.all() : log.of(vertices.split(" "))), [log, vertices]);
}

/** Digests of a stage's vertices, or of all, as one string: equal strings keep a selector still. */
function vertexKey(vertices: Record<string, VertexState> | undefined, stage: number | null): string {
  const digests: string[] = [];
  for (const vertex of Object.values(vertices ?? {})) {
    if (stage === null || vertex.places.some((place) => place.stage === stage)) digests.push(vertex.digest);
  }
  return digests.join(" ");
}

/** The lines of `view`'s vertices that hold the words, without regard to case; null where nothing is looked for. */
export function useMatches(view: LogView, words: string): LogView | null {
  const log = useLogStore();
  return useMemo(() => {
    const wanted = words.trim().toLowerCase();
    if (wanted === "") return null;
    return log.where((line) => view.has(line.vertex) && plainText(line.text).toLowerCase().includes(wanted));
  }, [log, view, words]);
}
