"use client";
/** How the builds went over time: three small charts side by side of the same builds, and the same as a table. */
import { useMemo } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { formatBytes, formatDuration } from "@/lib/build/format";
import { type TrendPoint, trendBars, trendOf } from "@/lib/build/trend";
import type { BuildSummary } from "@/lib/store/wire";
import { STATUS } from "../status-words";
import styles from "./trend.module.css";
import { whenOf } from "./when-of";

type Measure = "duration" | "shipped" | "cached";

const MEASURES: { of: Measure; label: string; format(value: number): string; top?: number }[] = [
  { of: "duration", label: "Duration", format: formatDuration },
  { of: "shipped", label: "Shipped", format: formatBytes },
  { of: "cached", label: "From the cache", format: (share) => `${Math.round(share * 100)}%`, top: 1 },
];
/** Of a chart, in its own units. */
const SIZE = { width: 220, height: 34 };
/** The newest that are drawn. */
const MOST = 50;

/** Nothing before there are two builds to tell apart. */
export function Trend({ history }: { history: readonly BuildSummary[] }) {
  const past = useDocument((state) => state.past);
  const points = useMemo(() => trendOf(history, past).slice(-MOST), [history, past]);
  if (points.length < 2) return null;
  return (
    <figure className={styles.trend} data-testid="trend">
      <figcaption className="visually-hidden">Builds over time, oldest first</figcaption>
      {MEASURES.map((measure) => (
        <Chart key={measure.of} points={points} {...measure} />
      ))}
      <Table points={points} />
    </figure>
  );
}

function Chart(props: (typeof MEASURES)[number] & { points: readonly TrendPoint[] }) {
  const { points, of, label, format, top } = props;
  const store = useDocumentStore();
  const shown = useDocument((state) => state.build?.summary.id);
  const values = points.map((point) => point[of]);
  const highest = top ?? Math.max(0, ...values.map((value) => value ?? 0));
  const bars = trendBars(values, highest, SIZE);
  const last = values.findLast((value) => value !== null) ?? null;
  return (
    <div className={styles.measure}>
      <span className={styles.label}>{label}</span>
      <b className={styles.last}>{last === null ? "–" : format(last)}</b>
      {/* The table says the same to who does not see it, and the list selects the same builds by keyboard. */}
      <svg
        className={styles.chart}
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <line x1="0" x2={SIZE.width} y1={SIZE.height} y2={SIZE.height} className={styles.axis} />
        {bars.map((bar, index) => {
          const { id, createdAt, status } = points[index]!;
          if (!bar) return null;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: see above
            <g key={id} className={styles.bar} onClick={() => void store.getState().showBuild(id)}>
              {/* From top to bottom: a low bar is hit as well as a high one. */}
              <rect x={bar.x} y="0" width={bar.width} height={SIZE.height} fill="transparent" />
              <rect
                {...bar}
                className={cx(
                  styles.fill,
                  status !== "succeeded" && styles.unfinished,
                  id === shown && styles.shown,
                )}
              />
              <title>{`${whenOf(createdAt)}: ${format(values[index]!)}, ${STATUS[status].word}`}</title>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function Table({ points }: { points: readonly TrendPoint[] }) {
  return (
    <table className="visually-hidden">
      <caption>Builds over time, oldest first</caption>
      <thead>
        <tr>
          <th scope="col">Build</th>
          <th scope="col">Result</th>
          {MEASURES.map(({ of, label }) => (
            <th key={of} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.id}>
            <th scope="row">{whenOf(point.createdAt)}</th>
            <td>{STATUS[point.status].word}</td>
            {MEASURES.map(({ of, format }) => (
              <td key={of}>{point[of] === null ? "not known" : format(point[of])}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
