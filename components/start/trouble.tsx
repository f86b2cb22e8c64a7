"use client";
import { Button } from "@/components/ui/button";
import styles from "./start.module.css";

/** What went wrong, in the place where the thing itself would stand. */
export function Trouble({ message, hint, onRetry }: { message: string; hint?: string; onRetry?(): void }) {
  return (
    <div role="alert" className={styles.trouble}>
      <span>
        <b>{message}</b> {hint}
      </span>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
