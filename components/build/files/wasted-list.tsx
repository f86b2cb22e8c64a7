"use client";
/** Files that the image carries and nobody sees: which layer wrote them, and which hid them. */
import type { FilesOverview } from "@/lib/build/files/wire";
import { formatBytes, formatCount } from "@/lib/build/format";
import styles from "./files.module.css";

export function WastedList({ overview }: { overview: FilesOverview }) {
  const { wasted, base, layers } = overview;
  if (wasted.paths === 0) {
    return (
      <p className={styles.nothing}>
        Nothing is wasted: no layer overwrites or removes a file of a layer before it.
      </p>
    );
  }
  const name = (layer: number) =>
    layer < base ? "the base image" : layers[layer]?.text.slice(0, 80) || `layer ${layer + 1}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={styles.wasted} aria-label="Wasted files" tabIndex={0} data-testid="wasted">
      <p className={styles.found}>
        {formatBytes(wasted.bytes)} are in the image and cannot be seen, as a later layer overwrites or
        removes them
        {wasted.inBase > 0 && `; ${formatBytes(wasted.inBase)} of it within the base image`}. Removing a file
        in the instruction that makes it, or leaving it in another stage, saves them.
      </p>
      <ul>
        {wasted.top.map(({ path, bytes, written, hidden }) => (
          <li key={path} className={styles.waste} data-path={path}>
            <span className={styles.wastePath}>{path}</span>
            <span className={styles.bytes}>{formatBytes(bytes)}</span>
            <span className={styles.note}>
              {written.map((layer, nth) => `by ${name(layer)}, hidden by ${name(hidden[nth]!)}`).join("; ")}
            </span>
          </li>
        ))}
      </ul>
      {wasted.paths > wasted.top.length && (
        <p className={styles.found}>and {formatCount(wasted.paths - wasted.top.length, "smaller one")}</p>
      )}
    </section>
  );
}
