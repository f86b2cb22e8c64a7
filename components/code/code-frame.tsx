"use client";
import { WandSparkles } from "lucide-react";
import type { ReactNode } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import styles from "./code.module.css";
import { StatusBar } from "./status-bar";

/** The text pane around the text: tabs above, the status line below. Without a cursor the status line has no place. */
export function CodeFrame({
  cursor,
  children,
}: {
  cursor: { line: number; column: number } | null;
  children: ReactNode;
}) {
  const mayEdit = useDocument((state) => state.rights.edit);
  return (
    <div className={styles.frame} data-testid="code-pane">
      <div className={styles.tabs}>
        <div role="tablist" aria-label="Files">
          <button type="button" role="tab" aria-selected="true" className={styles.tab}>
            Dockerfile
          </button>
        </div>
        {mayEdit ? <FormatButton /> : <span className={styles.readOnly}>read-only</span>}
      </div>
      <div className={styles.body} role="tabpanel" aria-label="Dockerfile">
        {children}
      </div>
      <StatusBar cursor={cursor} />
    </div>
  );
}

function FormatButton() {
  const store = useDocumentStore();
  return (
    <button
      type="button"
      className={styles.format}
      onClick={() => void import("./format-text").then(({ formatText }) => formatText(store.getState()))}
      title="Even out the white space (Shift+Alt+F)"
    >
      <WandSparkles size={14} aria-hidden="true" /> Format
    </button>
  );
}
