/** Figures as a person reads them. Sizes look as `docker images` and `docker history` print them. */

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

/**
 * Bytes in decimal units with `digits` significant digits and no trailing zeros: 7520000 is "7.52MB".
 *
 * Follows HumanSizeWithPrecision of docker/go-units (`%.3g`), save that what would round up to four digits (Docker
 * prints "1e+03kB") takes the next unit: "1MB".
 */
export function formatBytes(bytes: number, digits = 3): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (unit < UNITS.length - 1 && rounded(value, digits) >= 1000) {
    value /= 1000;
    unit++;
  }
  return `${rounded(value, digits)}${UNITS[unit]}`;
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/** Milliseconds as "40 ms", "3.1 s", "1 min 04 s", "1 h 02 min". Rounds down, so that a running clock never jumps back. */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, Math.floor(milliseconds));
  if (ms < 100) return `${ms} ms`;
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${twoDigits(Math.floor(seconds / 60) % 60)} min`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** How many times bigger one size is than another, as "60× smaller" wants it: "1.4", "9.7", "60". */
export function formatRatio(ratio: number): string {
  return ratio < 9.95 ? String(Number(ratio.toFixed(1))) : String(Math.round(ratio));
}

/** Bytes a second, for transfers: "12.4MB/s". */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** Made once: `toLocaleString` makes one for each number, and every card has a count on it. */
const COUNT = new Intl.NumberFormat("en-US");

/** "1 line", "2,400 lines". */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${COUNT.format(count)} ${count === 1 ? one : many}`;
}
