"use client";
import { type ReactNode, useDeferredValue, useMemo } from "react";
import { formatCount } from "@/lib/build/format";
import { parseDockerfile } from "@/lib/dockerfile";
import styles from "./start.module.css";

/** Room for a Dockerfile, and what the text in it comes to. */
export function PasteField({
  text,
  onChange,
  label = "Dockerfile to open",
  actions,
}: {
  text: string;
  onChange(text: string): void;
  label?: string;
  actions: ReactNode;
}) {
  return (
    <>
      <textarea
        className={styles.paste}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        aria-label={label}
        placeholder={
          "FROM golang:1.27 AS builder\nCOPY . .\nRUN go build -o /app\nFROM scratch\nCOPY --from=builder /app /app"
        }
        spellCheck={false}
        rows={5}
        data-testid="paste-dockerfile"
      />
      <div className={styles.actions}>
        {actions}
        <Found text={text} />
      </div>
    </>
  );
}

function Found({ text }: { text: string }) {
  const settled = useDeferredValue(text);
  const said = useMemo(() => {
    if (settled.trim() === "") return "";
    const { stages, error } = parseDockerfile(settled);
    if (error) return "Does not parse yet; it can be opened and mended.";
    return formatCount(stages.length, "stage");
  }, [settled]);
  return (
    <span className={styles.found} aria-live="polite">
      {said}
    </span>
  );
}
