"use client";
import { ArrowLeftRight, ArrowRight, FileInput } from "lucide-react";
import { Button, IconButton } from "@/components/ui/button";
import styles from "./compare.module.css";
import type { useVersions, VersionChoice } from "./use-versions";

/** Which version is compared with which. */
export function Sides({ versions }: { versions: ReturnType<typeof useVersions> }) {
  const { choices, keys, choose, swap } = versions;
  return (
    <div className={styles.sides}>
      <Side name="Before" value={keys.before!} choices={choices} onChange={(before) => choose({ before })} />
      <ArrowRight size={15} aria-hidden="true" className={styles.arrow} />
      <Side name="After" value={keys.after} choices={choices} onChange={(after) => choose({ after })} />
      <IconButton label="Swap before and after" onClick={swap}>
        <ArrowLeftRight size={15} />
      </IconButton>
      <Button size="small" onClick={() => choose({ before: null })} title="Choose another version">
        <FileInput size={14} aria-hidden="true" /> <span className={styles.wideOnly}>Another…</span>
        <span className="visually-hidden">Choose another version</span>
      </Button>
    </div>
  );
}

function Side(props: {
  name: string;
  value: string;
  choices: readonly VersionChoice[];
  onChange(key: string): void;
}) {
  const { name, value, choices, onChange } = props;
  return (
    <label className={styles.side}>
      <span>{name}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
