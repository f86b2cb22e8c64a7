"use client";
import { PlainLogo } from "./logo";
import styles from "./notice.module.css";
import { Button } from "./plain-button";

/** A page that says why there is nothing else on it, and what to do. */
export function Notice({
  title,
  text,
  detail,
  action,
}: {
  title: string;
  text?: string;
  detail?: string;
  action?: { label: string; run(): void };
}) {
  return (
    <main className={styles.notice}>
      <PlainLogo />
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      {detail && <pre>{detail}</pre>}
      <div className={styles.actions}>
        {action && (
          <Button variant="primary" onClick={action.run}>
            {action.label}
          </Button>
        )}
        <a href="/">To the start page</a>
      </div>
    </main>
  );
}
