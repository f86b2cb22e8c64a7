"use client";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./options.module.css";

/** A group of options that folds; `chosen` says in a few words what differs from the default. */
export function Section({
  title,
  chosen,
  open,
  children,
}: {
  title: string;
  chosen?: string | null | undefined;
  open?: boolean;
  children: ReactNode;
}) {
  return (
    <details className={styles.section} open={open || undefined}>
      <summary>
        <ChevronRight size={15} aria-hidden="true" />
        <h3>{title}</h3>
        {chosen && <span className={styles.chosen}>{chosen}</span>}
      </summary>
      <div className={styles.fields}>{children}</div>
    </details>
  );
}

/** A field under its label; `hint` explains it. */
export function Field({ label, hint, children }: { label: string; hint?: ReactNode; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it is given
    <label className={styles.field}>
      <span className={styles.label}>{label}</span>
      {children}
      {hint && <span className={styles.hint}>{hint}</span>}
    </label>
  );
}

export function Group({ label, hint, children }: { label: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend className={styles.label}>{label}</legend>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </fieldset>
  );
}

export function Tick({
  label,
  hint,
  checked,
  onChange,
  disabled,
}: {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange(checked: boolean): void;
  disabled?: boolean;
}) {
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
    </label>
  );
}
