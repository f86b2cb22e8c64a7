/** Bytes that a build pulls and sends, and how fast. */
import { formatBytes, formatRate } from "./format";
import type { VertexState } from "./state";

export interface Transfer {
  /** Bytes so far. */
  current: number;
  /** Bytes in all, as far as announced; 0 where unknown. */
  total: number;
  /** Bytes a second since it began; null while there is nothing to tell it by. */
  rate: number | null;
}

/** Milliseconds that a rate is told from: below, it would jump about. */
const LEAST_TIME = 200;

/** Of all layers and files that these vertices move; null where they move none. */
export function transferOf(vertices: readonly Pick<VertexState, "progress">[]): Transfer | null {
  const parts = vertices.flatMap(({ progress }) => Object.values(progress));
  let current = 0;
  let total = 0;
  let moved = 0;
  let first = Infinity;
  let last = -Infinity;
  for (const part of parts) {
    current += part.current;
    total += part.total;
    if (part.current === 0 && part.began.current === 0) continue;
    moved += part.current - part.began.current;
    first = Math.min(first, part.began.at);
    last = Math.max(last, part.at);
  }
  if (current === 0) return null;
  const time = last - first;
  return { current, total, rate: time >= LEAST_TIME && moved > 0 ? (moved * 1000) / time : null };
}

/** "3.1MB of 12MB, 1.2MB/s". */
export function transferInWords({ current, total, rate }: Transfer): string {
  const bytes = total > current ? `${formatBytes(current)} of ${formatBytes(total)}` : formatBytes(current);
  return rate === null ? bytes : `${bytes}, ${formatRate(rate)}`;
}
