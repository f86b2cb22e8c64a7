"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import { cx } from "@/components/ui/cx";
import type { FileEntry } from "@/lib/build/files/wire";
import { formatBytes, formatCount } from "@/lib/build/format";
import styles from "./files.module.css";
import { modeInWords, type TreeRow } from "./tree-rows";

interface Props {
  id: string;
  row: TreeRow;
  name: string;
  flat: boolean;
  top: number;
  current: boolean;
  layerOf(layer: number): string;
  onPress(): void;
}

export function FileRow({ id, row, name, flat, top, current, layerOf, onPress }: Props) {
  const entry = row.kind === "entry" ? row.entry : null;
  const opens = entry !== null && entry.children > 0 && !flat;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the tree's
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={opens && row.kind === "entry" ? row.open : undefined}
      aria-selected={current}
      aria-label={entry ? entryInWords(entry, name) : undefined}
      className={cx(styles.row, current && styles.current, entry?.mark === "removed" && styles.gone)}
      style={{ top, paddingLeft: 8 + row.depth * 16 }}
      data-path={entry?.path}
      data-mark={entry?.mark ?? undefined}
      title={entry ? `${entry.path}\n${modeInWords(entry.mode)}  ${layerOf(entry.layer)}` : undefined}
      tabIndex={-1}
      onClick={onPress}
    >
      <span className={styles.twist}>
        {opens &&
          row.kind === "entry" &&
          (row.open ? (
            <ChevronDown size={13} aria-hidden="true" />
          ) : (
            <ChevronRight size={13} aria-hidden="true" />
          ))}
      </span>
      {row.kind === "loading" && <span className={styles.quiet}>Listing…</span>}
      {row.kind === "more" && (
        <span className={styles.link}>Show more: {formatCount(row.left, "entry", "entries")} left</span>
      )}
      {entry && <Entry entry={entry} name={name} />}
    </div>
  );
}

function Entry({ entry, name }: { entry: FileEntry; name: string }) {
  const { kind, mark, link, bytes, removed, marks, children } = entry;
  return (
    <>
      <span className={styles.name}>
        {name}
        {kind === "folder" && "/"}
        {link !== null && (
          <span className={styles.quiet}>
            {kind === "hardlink" ? " = " : " → "}
            {link}
          </span>
        )}
      </span>
      {mark !== null && <span className={cx(styles.mark, styles[mark])}>{mark}</span>}
      {mark === null && marks > 0 && (
        <span className={styles.quiet}>{formatCount(marks, "change")} inside</span>
      )}
      <span className={styles.bytes}>
        {bytes > 0 || removed === 0 ? size(entry, children) : ""}
        {removed > 0 && <span className={styles.minus}> −{formatBytes(removed)}</span>}
      </span>
    </>
  );
}

/** A link weighs nothing that is worth a figure. */
const size = ({ kind, bytes }: FileEntry, children: number) =>
  kind === "file" || children > 0 || bytes > 0 ? formatBytes(bytes) : "";

function entryInWords({ kind, mark, bytes, removed, files, link }: FileEntry, name: string): string {
  const parts = [
    kind === "folder" ? `${name}, folder` : name,
    link !== null && `link to ${link}`,
    mark,
    bytes > 0 && formatBytes(bytes),
    kind === "folder" && formatCount(files, "file"),
    removed > 0 && `${formatBytes(removed)} removed`,
  ];
  return parts.filter(Boolean).join(", ");
}
