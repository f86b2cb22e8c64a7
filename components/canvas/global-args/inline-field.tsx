"use client";
import { useEffect, useId, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import styles from "./global-args.module.css";

/** A word, changed in its place: Enter writes it, Escape leaves it, and a refusal says why beneath it. */
export function InlineField(props: {
  label: string;
  value: string;
  placeholder?: string;
  /** The reason where it can't be. */
  onWrite(wish: string): string | null;
  onClose(): void;
}) {
  const { label, value, placeholder, onWrite, onClose } = props;
  const [wish, setWish] = useState(value);
  const [refusal, setRefusal] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  const messageId = useId();
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  const write = (): boolean => {
    const reason = onWrite(wish.trim());
    setRefusal(reason);
    return reason === null;
  };
  const close = () => {
    over.current = true;
    onClose();
  };
  return (
    <span className={cx(styles.field, "nodrag", "nopan")}>
      <input
        ref={field}
        value={wish}
        placeholder={placeholder}
        aria-label={label}
        aria-invalid={refusal !== null}
        aria-describedby={refusal ? messageId : undefined}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        size={Math.max(8, Math.min(24, wish.length + 1))}
        onClick={(event) => event.stopPropagation()}
        onChange={(event) => {
          setWish(event.currentTarget.value);
          setRefusal(null);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") close();
          if (event.key === "Enter" && write()) close();
        }}
        onBlur={() => {
          // Leaving the field keeps what can be and drops what can't.
          if (over.current) return;
          onWrite(wish.trim());
          close();
        }}
      />
      {refusal && (
        <span className={styles.refusal} id={messageId} role="alert">
          {refusal}
        </span>
      )}
    </span>
  );
}
