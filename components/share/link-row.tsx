"use client";
import { Check, Copy, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { copyField } from "./copy-text";
import styles from "./share.module.css";

/** How long "Copied" stays, in milliseconds. */
const COPIED = 2_000;

export function LinkRow(props: { address: string; busy: boolean; onRevoke(): void }) {
  const { address, busy, onRevoke } = props;
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), COPIED);
    return () => clearTimeout(timer);
  }, [copied]);

  if (asking) {
    return (
      <li className={styles.link}>
        <span className={styles.question}>Revoke? Whoever has this link can no longer open it.</span>
        <Button size="small" variant="danger" disabled={busy} onClick={onRevoke} data-testid="confirm-revoke">
          Revoke
        </Button>
        <Button size="small" variant="quiet" onClick={() => setAsking(false)}>
          Keep
        </Button>
      </li>
    );
  }
  return (
    <li className={styles.link}>
      <input
        ref={field}
        className={styles.address}
        readOnly
        value={address}
        aria-label="Link, for viewing"
        onFocus={(event) => event.currentTarget.select()}
        data-testid="share-link"
      />
      <Button
        size="small"
        onClick={async () => setCopied(field.current !== null && (await copyField(field.current)))}
      >
        {copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
      </Button>
      <IconButton label="Revoke this link" onClick={() => setAsking(true)}>
        <Trash2 size={15} />
      </IconButton>
    </li>
  );
}
