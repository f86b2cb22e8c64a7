"use client";
/** Lanes under a time axis. The scale moves on in whole steps, so that bars do not shrink under the pointer. */
import { useMemo } from "react";
import { useNow } from "@/components/canvas/clock";
import type { CriticalPath } from "@/lib/build/critical-path";
import { formatDuration } from "@/lib/build/format";
import type { BuildState } from "@/lib/build/state";
import { type Timeline, ticksFor } from "@/lib/build/timeline";
import { useWidth } from "../use-width";
import { LaneRow } from "./lane-row";
import styles from "./timeline.module.css";

/** Pixels that a tick's label wants. */
const TICK_WIDTH = 90;

interface Props {
  timeline: Timeline;
  path: CriticalPath;
  state: BuildState;
}

export function Chart({ timeline, path, state }: Props) {
  return state.endedAt === null ? (
    <RunningChart timeline={timeline} path={path} state={state} />
  ) : (
    <ChartAt timeline={timeline} path={path} state={state} now={timeline.known} />
  );
}

function RunningChart({ timeline, path, state }: Props) {
  const clock = useNow();
  // By the host's clock, and never before what it has told already.
  const host = Math.max(clock, state.lastAt ?? 0) - (state.clockOffset ?? 0);
  const now = timeline.origin === null ? 0 : Math.max(timeline.known, host - timeline.origin);
  return <ChartAt timeline={timeline} path={path} state={state} now={now} />;
}

function ChartAt({ timeline, path, state, now }: Props & { now: number }) {
  const [width, measure] = useWidth();
  const running = state.endedAt === null;
  const most = Math.max(2, Math.floor(width / TICK_WIDTH));
  const duration = Math.max(now, 1);
  const step = ticksFor(duration, most)[1] ?? duration;
  const end = running ? (Math.floor((duration * 1.04) / step) + 1) * step : duration;
  const scale = width / end;
  const critical = useMemo(() => new Set(path.steps.flatMap(({ vertices }) => vertices)), [path]);
  const ticks = useMemo(() => ticksFor(end, most), [end, most]);
  return (
    <div className={styles.chart}>
      <div className={styles.axis} aria-hidden="true">
        <span />
        <div className={styles.ticks} ref={measure}>
          {ticks.map((tick) => {
            const left = tick * scale;
            if (tick > 0 && left > width - 50) return null;
            return (
              <span key={tick} className={styles.tick} style={{ left }}>
                {tick === 0 ? "0" : tickLabel(tick, step)}
              </span>
            );
          })}
        </div>
      </div>
      <ul className={styles.lanes}>
        {timeline.lanes.map((lane) => (
          <LaneRow
            key={lane.key}
            lane={lane}
            state={state}
            critical={critical}
            scale={scale}
            now={now}
            ticks={ticks}
          />
        ))}
      </ul>
    </div>
  );
}

function tickLabel(tick: number, step: number): string {
  if (step < 1000 && tick < 10_000) return tick < 1000 ? `${tick} ms` : `${tick / 1000} s`;
  return step % 1000 === 0 && tick < 60_000 ? `${tick / 1000} s` : formatDuration(tick);
}
