/** How the builds of a document went over time: figures of each, oldest first, for a chart and for a table. */

import type { BuildOptions, BuildStatus } from "./events";
import type { PastBuild } from "./figures";
import { finalSize } from "./history";
import { cachedShare } from "./stage-figures";

/** What a list of builds says of each. */
interface Listed {
  id: string;
  status: BuildStatus;
  createdAt: number;
  startedAt: number | null;
  endedAt: number | null;
  options: Pick<BuildOptions, "target">;
  sizes: Readonly<Record<string, number>>;
}

export interface TrendPoint {
  id: string;
  createdAt: number;
  status: BuildStatus;
  /** Milliseconds that the host worked for it; null where it never began. */
  duration: number | null;
  /** Bytes of what shipped; null where that was not weighed. */
  shipped: number | null;
  /** Of the steps that were asked for the share that came from the cache, 0 to 1; null where that is not known. */
  cached: number | null;
}

/** Builds that are over. @param past figures of some of them */
export function trendOf(history: readonly Listed[], past: readonly PastBuild[]): TrendPoint[] {
  const figures = new Map(past.map((build) => [build.id, build.figures]));
  return history
    .filter(({ status }) => status !== "queued" && status !== "running")
    .map((build): TrendPoint => {
      const { id, createdAt, status, startedAt, endedAt } = build;
      const known = figures.get(id);
      return {
        id,
        createdAt,
        status,
        duration: startedAt !== null && endedAt !== null ? Math.max(0, endedAt - startedAt) : null,
        shipped: finalSize(build),
        cached: known ? cachedShare(known) : null,
      };
    })
    .sort((a, b) => a.createdAt - b.createdAt);
}

/** A bar of a chart, in its own units from the top left. */
export interface TrendBar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Of the gap and bar of one build the part that the bar takes, and the widest it gets. */
const FILLED = 0.7;
const WIDEST = 18;
/** So that what is there but little can be seen. */
const LEAST = 1.5;

/** One bar for each value, from 0 to `top`, side by side over the width; null where there is no value. */
export function trendBars(
  values: readonly (number | null)[],
  top: number,
  size: { width: number; height: number },
): (TrendBar | null)[] {
  const step = Math.min(size.width / Math.max(1, values.length), WIDEST / FILLED);
  return values.map((value, index) => {
    if (value === null) return null;
    const height = top > 0 ? Math.max(LEAST, (Math.min(value, top) / top) * size.height) : LEAST;
    return { x: index * step, y: size.height - height, width: step * FILLED, height };
  });
}
