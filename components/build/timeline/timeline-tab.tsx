"use client";
import { useMemo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { criticalPath } from "@/lib/build/critical-path";
import { timelineOf } from "@/lib/build/timeline";
import { Empty } from "../empty";
import { useBuildState, useStageLabels } from "../use-build";
import { Chart } from "./chart";
import styles from "./timeline.module.css";
import { TimelineFooter } from "./timeline-footer";

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
        <Empty title={state.status === "queued" ? "Waiting for the host" : "Reading the Dockerfile"}>
          <p>
            {state.status === "queued"
              ? "The build begins as soon as the host is free."
              : "The host works out what there is to do; nothing runs yet."}
          </p>
        </Empty>
      ) : (
        <Chart timeline={timeline} path={path} state={state} />
      )}
      <TimelineFooter state={state} path={path} />
    </div>
  );
}
