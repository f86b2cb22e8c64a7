"use client";
import { Check, Copy, Download } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import styles from "./export.module.css";

/** Copy and Download of one export. `copy` and `save` reject with what went wrong, in words. */
export function Actions({
  disabled,
  file,
  copy,
  save,
}: {
  disabled: boolean;
  file: string;
  copy(): Promise<void>;
  save(): Promise<void>;
}) {
  const [said, setSaid] = useState<{ text: string; wrong: boolean } | null>(null);
  useEffect(() => {
    if (said === null || said.wrong) return;
    const timer = setTimeout(() => setSaid(null), 2500);
    return () => clearTimeout(timer);
  }, [said]);
  const attempt = (deed: () => Promise<void>, done: string) => () => {
    deed().then(
      () => setSaid({ text: done, wrong: false }),
      (error) => setSaid({ text: error instanceof Error ? error.message : String(error), wrong: true }),
    );
  };
  return (
    <div className={styles.actions}>
      <span role="status" className={said?.wrong ? styles.wrong : styles.said}>
        {said?.text}
      </span>
      <Button disabled={disabled} onClick={attempt(copy, "Copied")} data-testid="export-copy">
        {said?.text === "Copied" ? (
          <Check size={15} aria-hidden="true" />
        ) : (
          <Copy size={15} aria-hidden="true" />
        )}
        Copy
      </Button>
      <Button
        variant="primary"
        disabled={disabled}
        onClick={attempt(save, `${file} is on its way`)}
        title={file}
        data-testid="export-download"
      >
        <Download size={15} aria-hidden="true" />
        Download
      </Button>
    </div>
  );
}

/** Browsers offer the clipboard on https and localhost only. */
export function clipboard(): Clipboard {
  if (!navigator.clipboard) {
    throw new Error("The browser does not allow copying on a page without https. Download it instead.");
  }
  return navigator.clipboard;
}
