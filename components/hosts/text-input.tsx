"use client";
import styles from "./hosts.module.css";

/** One line of a host's setting. */
export function TextInput({
  value,
  onChange,
  ...rest
}: {
  value: string;
  onChange(value: string): void;
  placeholder: string;
  required?: boolean;
  maxLength?: number;
  inputMode?: "numeric";
}) {
  return (
    <input
      {...rest}
      className={styles.input}
      value={value}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
