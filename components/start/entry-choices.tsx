"use client";
import { useMemo } from "react";
import { formatBytes, formatCount } from "@/lib/build/format";
import styles from "./attach.module.css";
import { type PickedFile, topEntries } from "./picked-files";

/** More rows than this help nobody: what follows is small. */
const MOST = 12;

/** What stands at the top of the folder, biggest first, to be left out by a click. */
export function EntryChoices({
  files,
  leftOut,
  onChange,
}: {
  files: readonly PickedFile[];
  leftOut: readonly string[];
  onChange(leftOut: readonly string[]): void;
}) {
  const entries = useMemo(() => topEntries(files), [files]);
  if (entries.length === 0) return <p>There is no file in it.</p>;
  const rest = entries.length - MOST;
  return (
    <fieldset className={styles.entries}>
      <legend>What goes along</legend>
      {entries.slice(0, MOST).map(({ name, folder, files, bytes }) => (
        <label key={name} className={styles.entry}>
          <input
            type="checkbox"
            checked={!leftOut.includes(name)}
            onChange={(event) =>
              onChange(event.target.checked ? leftOut.filter((one) => one !== name) : [...leftOut, name])
            }
          />
          <span className={styles.entryName}>
            {name}
            {folder && "/"}
          </span>
          <span className={styles.figures}>
            {folder && `${formatCount(files, "file")}, `}
            {formatBytes(bytes)}
          </span>
        </label>
      ))}
      {rest > 0 && (
        <p className={styles.quiet}>and {formatCount(rest, "smaller entry", "smaller entries")}</p>
      )}
    </fieldset>
  );
}
