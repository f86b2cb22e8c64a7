import type { ReactNode } from "react";
import styles from "./empty.module.css";

/** An empty place teaches what will stand there, and how it comes to. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
