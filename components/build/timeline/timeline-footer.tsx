"use client";
import { Clock } from "lucide-react";
import { useNow } from "@/components/canvas/clock";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Tooltip } from "@/components/ui/tooltip";
import type { CriticalPath } from "@/lib/build/critical-path";
import type { Place } from "@/lib/build/events";
import { formatBytes, formatDuration } from "@/lib/build/format";
import type { BuildState } from "@/lib/build/state";
import { type BarKind, countSteps } from "@/lib/build/timeline";
import { waitingInWords } from "@/lib/build/waiting";
import { reasonInWords } from "@/lib/build/why-words";
import { Remaining } from "../remaining";
import { RunButton } from "../run/run-dialog";
import { selectPlace } from "../select-place";
import { instructionText, rowAt, useStageLabels } from "../use-build";
import { reasonAt } from "./lane-row";
import styles from "./timeline.module.css";

/** How long, how many steps of each kind (which is the legend too), and what came out. */
export function TimelineFooter({ state, path }: { state: BuildState; path: CriticalPath }) {
  const counts = countSteps(state);
  const legend: [BarKind, string, number][] = [
    ["cached", "cached", counts.cached],
    ["ran", "ran", counts.ran],
    ["running", "running", counts.running],
    ["failed", "failed", counts.failed],
    ["canceled", "canceled", counts.canceled],
  ];
  return (
    <div className={styles.footer}>
      <span className={styles.time}>
        <Clock size={14} aria-hidden="true" />
        {state.endedAt === null ? (
          <>
            <Running state={state} />
            <Remaining before="· " />
          </>
        ) : (
          `${verdict(state)} ${formatDuration(state.endedAt - (state.startedAt ?? state.endedAt))}`
        )}
      </span>
      {legend.map(
        ([kind, word, count]) =>
          (count > 0 || kind === "cached" || kind === "ran") && (
            <span key={kind} className={styles.legend}>
              <i className={cx(styles.swatch, styles[kind])} aria-hidden="true" />
              {word} {count}
            </span>
          ),
      )}
      {path.duration >= 1 && <Critical path={path} />}
      {counts.waiting > 0 && <span className={styles.legend}>to come {counts.waiting}</span>}
      <Because />
      <Outcome state={state} />
    </div>
  );
}

/** How long the critical path is, and the slowest step of it: where making something faster helps. */
function Critical({ path }: { path: CriticalPath }) {
  const store = useDocumentStore();
  const slowest = path.steps.reduce((a, b) => (b.duration > a.duration ? b : a));
  return (
    <Tooltip
      text="Each of these steps waited for the one before: only a faster one of them makes the build shorter. Click for the slowest."
      side="top"
    >
      <button
        type="button"
        className={cx(styles.legend, styles.path)}
        onClick={() => selectPlace(store, slowest)}
      >
        <i className={cx(styles.swatch, styles.ran, styles.critical)} aria-hidden="true" />
        critical path {formatDuration(path.duration)}
      </button>
    </Tooltip>
  );
}

/** Why the selected step ran. */
function Because() {
  const reasons = useDocument((document) => document.build?.reasons);
  const selection = useDocument((document) => document.selection);
  const stageIds = useDocument((document) => document.stageIds);
  const stages = useDocument((document) => document.graph.stages);
  if (selection.kind !== "instruction" || !reasons) return null;
  const place = { stage: stageIds.indexOf(selection.stage), instruction: selection.instruction };
  const reason = reasonAt(reasons, place);
  if (!reason) return null;
  const nameOf = (at: Place) => instructionText(stages, at.stage, at.instruction) ?? "a step";
  return (
    <span className={styles.because} data-testid="because">
      <b>{rowAt(stages, place.stage, place.instruction)?.keyword}</b> ran because{" "}
      {reasonInWords(reason, nameOf)}.
    </span>
  );
}

function Running({ state }: { state: BuildState }) {
  const now = useNow();
  if (state.startedAt === null) return <>{waitingInWords(state.waiting).title}</>;
  return <>{formatDuration(Math.max(now, state.lastAt ?? 0) - state.startedAt)} so far</>;
}

function verdict(state: BuildState): string {
  switch (state.status) {
    case "failed":
      return "failed after";
    case "canceled":
      return "stopped after";
    case "interrupted":
      return "interrupted after";
    default:
      return "took";
  }
}

function Outcome({ state }: { state: BuildState }) {
  const store = useDocumentStore();
  const labels = useStageLabels();
  if (state.status === "failed") {
    return (
      <span className={styles.outcome}>
        <span className={styles.error}>{state.error?.message ?? "The build failed."}</span>
        <Button size="small" onClick={() => store.getState().setPanel("problems")}>
          Show the problem
        </Button>
      </span>
    );
  }
  if (state.status === "interrupted") {
    return <span className={styles.outcome}>The server went away while it built. Build again.</span>;
  }
  const weighed = state.stages.filter((stage) => stage.size !== null);
  if (weighed.length === 0) return null;
  const parts = weighed
    .filter((stage) => stage.ships)
    .map((stage) => `${labels[stage.index] ?? stage.name} ${formatBytes(stage.size!)}`);
  const left = weighed.filter((stage) => !stage.ships).sort((a, b) => b.size! - a.size!)[0];
  if (left) parts.push(`${labels[left.index] ?? left.name} ${formatBytes(left.size!)} left behind`);
  return (
    <span className={styles.outcome}>
      {parts.join(" · ")}
      {state.status === "succeeded" && <Runnable />}
    </span>
  );
}

function Runnable() {
  const mayBuild = useDocument((document) => document.rights.build);
  const build = useDocument(({ build: shown }) =>
    shown && !shown.summary.imported ? shown.summary.id : undefined,
  );
  return mayBuild && build ? <RunButton build={build} /> : null;
}
