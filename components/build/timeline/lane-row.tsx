"use client";
import type { KeyboardEvent } from "react";
import { foretoldAt } from "@/components/canvas/foretold";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { Tooltip } from "@/components/ui/tooltip";
import type { Place } from "@/lib/build/events";
import { formatDuration } from "@/lib/build/format";
import type { BuildState } from "@/lib/build/state";
import { type Bar, type BarKind, type Lane, placeBars } from "@/lib/build/timeline";
import { transferInWords, transferOf } from "@/lib/build/transfer";
import type { Reason, StepReason } from "@/lib/build/why";
import { reasonInWords } from "@/lib/build/why-words";
import type { StageNode } from "@/lib/graph/types";
import { selectPlace } from "../select-place";
import { instructionText } from "../use-build";
import styles from "./timeline.module.css";

/** The narrowest bar that can still be seen and hit, in pixels. */
const LEAST_BAR = 7;

/** Before the time that it took. */
const KIND_WORDS: Record<BarKind, string> = {
  cached: "cached",
  ran: "ran",
  running: "running",
  pull: "base image,",
  aside: "took",
  failed: "failed after",
  canceled: "canceled after",
};

interface Props {
  lane: Lane;
  state: BuildState;
  /** Vertices that the build's length comes from. */
  critical: ReadonlySet<string>;
  /** Pixels a millisecond. */
  scale: number;
  now: number;
  ticks: readonly number[];
}

export function LaneRow({ lane, state, critical, scale, now, ticks }: Props) {
  const store = useDocumentStore();
  const stages = useDocument((document) => document.graph.stages);
  const selected = useDocument((document) => selectedKey(document.selection, document.stageIds));
  const reasons = useDocument((document) => document.build?.reasons ?? NO_REASONS);
  const forecast = useDocument((document) => document.forecast);
  const nameOf = (place: Place) => instructionText(stages, place.stage, place.instruction) ?? "a step";
  const placed = placeBars(lane.bars, scale, now, LEAST_BAR);
  const stageOn = lane.stage !== null && selected === `${lane.stage}`;
  const name = (
    <>
      <span className={styles.laneName}>{lane.label}</span>
      <span className={styles.laneNote}>{laneNote(lane, state, stages)}</span>
    </>
  );
  return (
    <li className={cx(styles.lane, stageOn && styles.laneOn)} data-lane={lane.key}>
      {lane.stage !== null ? (
        <button
          type="button"
          className={styles.laneHead}
          onClick={() => selectPlace(store, { stage: lane.stage!, instruction: 0 })}
        >
          {name}
        </button>
      ) : (
        <span className={styles.laneHead}>{name}</span>
      )}
      <div
        className={styles.track}
        role="toolbar"
        aria-label={`Steps of ${lane.label}`}
        onKeyDown={moveFocus}
      >
        {ticks.map((tick) => (
          <span key={tick} className={styles.line} style={{ left: tick * scale }} />
        ))}
        {lane.bars.map((bar, index) => {
          const step = bar.kind === "running" && bar.place;
          const expected = step && foretoldAt(forecast, step.stage, step.instruction)?.milliseconds;
          return (
            expected && (
              <span
                key={`expected:${bar.key}`}
                className={styles.expected}
                style={{ left: placed[index]!.left, width: expected * scale }}
                title={`took ${formatDuration(expected)} in earlier builds`}
              />
            )
          );
        })}
        {lane.bars.map((bar, index) => {
          const onPath = critical.has(bar.digest);
          const why = bar.kind === "ran" || bar.kind === "failed" ? reasonAt(reasons, bar.place) : null;
          const words = [
            barWords(bar, state, stages, now),
            ...(why ? [`ran because ${reasonInWords(why, nameOf)}`] : []),
            ...(onPath ? ["on the critical path"] : []),
          ].join(" · ");
          const key = bar.place && `${bar.place.stage}:${bar.place.instruction}`;
          return (
            <Tooltip key={bar.key} text={words} side="top">
              <button
                type="button"
                tabIndex={index === 0 ? 0 : -1}
                className={cx(
                  styles.bar,
                  styles[bar.kind],
                  onPath && styles.critical,
                  key !== null && key === selected && styles.barOn,
                )}
                style={placed[index]}
                data-kind={bar.kind}
                data-critical={onPath || undefined}
                aria-label={words}
                onClick={() => selectPlace(store, bar.place)}
              />
            </Tooltip>
          );
        })}
      </div>
    </li>
  );
}

const NO_REASONS: readonly StepReason[] = [];

/** Why the step at a place ran, where that is known. */
export function reasonAt(reasons: readonly StepReason[], place: Place | null): Reason | null {
  const found =
    place &&
    reasons.find(({ stage, instruction }) => stage === place.stage && instruction === place.instruction);
  return found?.reason ?? null;
}

/** One tab stop a lane; the arrows go from bar to bar. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (by === 0) return;
  const bars = [...event.currentTarget.querySelectorAll("button")];
  const next = bars[bars.indexOf(event.target as HTMLButtonElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

type Document = Parameters<Parameters<typeof useDocument>[0]>[0];

/** "stage" or "stage:instruction" of what is selected. */
function selectedKey(selection: Document["selection"], stageIds: readonly string[]): string | null {
  if (selection.kind === "stage") return String(stageIds.indexOf(selection.stage));
  if (selection.kind !== "instruction") return null;
  return `${stageIds.indexOf(selection.stage)}:${selection.instruction}`;
}

function laneNote(lane: Lane, state: BuildState, stages: readonly StageNode[]): string {
  const transfer = transferred(lane, state);
  if (transfer) return transfer;
  if (lane.kind === "image") return "image";
  if (lane.stage === null) return "";
  const status = state.stages[lane.stage]?.status;
  if (status === "failed" || status === "canceled") return status;
  if (status === "waiting" && lane.bars.length === 0) return "waiting";
  return stages[lane.stage]?.rows.map((row) => row.keyword).join(" ") ?? "";
}

/** Bytes pulled or sent while it goes on. */
function transferred(lane: Lane, state: BuildState): string | null {
  const running = lane.bars.filter(({ kind }) => kind === "running");
  const transfer = transferOf(running.flatMap(({ digest }) => state.vertices[digest] ?? []));
  return transfer && transferInWords(transfer);
}

function barWords(bar: Bar, state: BuildState, stages: readonly StageNode[], now: number): string {
  const words =
    (bar.place && bar.kind !== "pull" && instructionText(stages, bar.place.stage, bar.place.instruction)) ||
    bar.name;
  const time = formatDuration((bar.end ?? now) - bar.start);
  const parts = [words.length > 160 ? `${words.slice(0, 160)}…` : words];
  parts.push(bar.kind === "cached" ? "cached" : `${KIND_WORDS[bar.kind]} ${time}`);
  const vertex = state.vertices[bar.digest];
  const transfer = bar.kind === "cached" || !vertex ? null : transferOf([vertex]);
  if (transfer) parts.push(transferInWords(transfer));
  if (bar.shared > 0) parts.push("runs once for several stages");
  const error = bar.kind === "failed" ? vertex?.error : null;
  if (error) parts.push(error.slice(0, 200));
  return parts.join(" · ");
}
