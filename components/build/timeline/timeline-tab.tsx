"use client";
import { useMemo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { criticalPath } from "@/lib/build/critical-path";
import type { BuildState } from "@/lib/build/state";
import { timelineOf } from "@/lib/build/timeline";
import { waitingInWords } from "@/lib/build/waiting";
import { Empty } from "../empty";
import { NextBuild } from "../next-build";
import { useBuildState, useStageLabels } from "../use-build";
import { Chart } from "./chart";
import styles from "./timeline.module.css";
import { TimelineFooter } from "./timeline-footer";

function NotBegun({ state }: { state: BuildState }) {
  if (state.status !== "queued") {
    return (
      <Empty title="Reading the Dockerfile">
        <p>The host works out what there is to do; nothing runs yet.</p>
      </Empty>
    );
  }
  const { title, text } = waitingInWords(state.waiting);
  return (
    <div role="status" data-testid="waiting">
      <Empty title={title}>
        <p>{text}</p>
      </Empty>
    </div>
  );
}

export function TimelineTab() {
  const state = useBuildState();
  const labels = useStageLabels();
  const stages = useDocument((document) => document.tree.stages);
  const timeline = useMemo(() => state && timelineOf(state, labels), [state, labels]);
  const path = useMemo(() => state && criticalPath(state, stages), [state, stages]);
  if (!state || !timeline || !path) {
    return (
      <Empty title="Nothing built yet">
        <p>
          Press Build: every stage gets a lane here and every instruction a bar on one time axis. You see what
          came from the cache, what ran side by side, and where the time went.
        </p>
      </Empty>
    );
  }
  return (
    <div className={styles.timeline} data-testid="timeline">
      {timeline.origin === null && state.endedAt === null ? (
        <NotBegun state={state} />
      ) : (
        <Chart timeline={timeline} path={path} state={state} />
      )}
      <NextBuild />
      <TimelineFooter state={state} path={path} />
    </div>
  );
}
