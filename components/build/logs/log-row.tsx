import { memo } from "react";
import { cx } from "@/components/ui/cx";
import { ColouredLine } from "./coloured-line";
import styles from "./logs.module.css";

interface Props {
  text: string;
  vertex: string;
  /** Whose it is; null where the line above has said so. */
  label: string | null;
  /** The step in full. */
  step: string;
  failed: boolean;
  current: boolean;
  find: string;
  onSelect(vertex: string): void;
}

/** Knows nothing but what it is given: dozens of these change sixty times a second while a log runs past. */
export const LogRow = memo(function LogRow(props: Props) {
  const { text, vertex, label, step, failed, current, find, onSelect } = props;
  return (
    <div
      className={cx(styles.row, failed && styles.failed, current && styles.current)}
      data-failed={failed || undefined}
    >
      <span className={styles.gutter}>
        {label !== null && <Whose label={label} step={step} onSelect={() => onSelect(vertex)} />}
      </span>
      <span className={styles.text}>
        <ColouredLine text={text} find={find} />
      </span>
    </div>
  );
});

function Whose({ label, step, onSelect }: { label: string; step: string; onSelect(): void }) {
  const colon = label.includes(":") ? label.lastIndexOf(":") : label.length;
  return (
    <button type="button" tabIndex={-1} className={styles.whose} title={step} onClick={onSelect}>
      <span className={styles.stageName}>{label.slice(0, colon)}</span>
      {label.slice(colon)}
    </button>
  );
}
