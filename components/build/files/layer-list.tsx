"use client";
/** The layers of a stage, lowest first, those of its base apart; each with what made it, its size and what it did. */
import { cx } from "@/components/ui/cx";
import type { FileLayer, FilesOverview } from "@/lib/build/files/wire";
import { formatBytes, formatCount } from "@/lib/build/format";
import styles from "./files.module.css";

/** What is looked at: all of the stage, a layer from 0, or what is wasted. */
export type Looking = "stage" | "wasted" | number;

interface Props {
  overview: FilesOverview;
  looking: Looking;
  onLook(looking: Looking): void;
}

export function LayerList({ overview, looking, onLook }: Props) {
  const { layers, base, bytes, wasted } = overview;
  const item = (what: Looking, words: React.ReactNode, figure: string, note: string, title?: string) => (
    <li key={what}>
      <button
        type="button"
        className={cx(styles.layer, looking === what && styles.chosen)}
        aria-pressed={looking === what}
        title={title}
        onClick={() => onLook(what)}
        data-testid={typeof what === "number" ? "file-layer" : `files-${what}`}
      >
        <span className={styles.words}>{words}</span>
        <span className={styles.figure}>{figure}</span>
        <span className={styles.note}>{note}</span>
      </button>
    </li>
  );
  const layer = (of: FileLayer, index: number) =>
    item(
      index,
      <code>{of.text || `layer ${index + 1}`}</code>,
      formatBytes(of.size ?? of.bytes),
      did(of),
      sizes(of),
    );
  return (
    <nav className={styles.layers} aria-label="Layers">
      <ul>
        {item("stage", "Whole stage", formatBytes(bytes), "against its base image")}
        {item(
          "wasted",
          "Wasted",
          formatBytes(wasted.bytes),
          wasted.paths === 0
            ? "nothing is hidden by a later layer"
            : `${formatCount(wasted.paths, "path")} hidden by a later layer`,
        )}
      </ul>
      {base > 0 && <h2 className={styles.title}>From the base image</h2>}
      <ul>{layers.slice(0, base).map((of, index) => layer(of, index))}</ul>
      {base < layers.length && <h2 className={styles.title}>Of this stage</h2>}
      <ul>{layers.slice(base).map((of, index) => layer(of, base + index))}</ul>
    </nav>
  );
}

function did({ added, changed, removed }: FileLayer): string {
  const parts = [
    added > 0 && `${added.toLocaleString("en-US")} added`,
    changed > 0 && `${changed.toLocaleString("en-US")} changed`,
    removed > 0 && `${removed.toLocaleString("en-US")} removed`,
  ].filter(Boolean);
  return parts.join(", ") || "no files";
}

/** What the two sizes are, where they are not the same. */
function sizes({ text, size, bytes }: FileLayer): string {
  if (size === null || size === bytes) return text;
  return `${text}\n${formatBytes(size)} on the host’s disk, as docker history has it; its files add up to ${formatBytes(bytes)}`;
}
