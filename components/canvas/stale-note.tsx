"use client";
import { TriangleAlert } from "lucide-react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import styles from "./overlays.module.css";

/** The text is broken: the canvas shows how it last was, and where the trouble is. */
export function StaleNote() {
  const line = useDocument((s) => {
    const first = s.tree.diagnostics.find(({ severity }) => severity === "error");
    return first ? s.tree.lines.lineAt(first.range.start) : null;
  });
  const message = useDocument(
    (s) => s.tree.diagnostics.find(({ severity }) => severity === "error")?.message ?? s.tree.graphError,
  );
  const store = useDocumentStore();
  return (
    <output className={styles.stale} data-testid="stale-note">
      <TriangleAlert size={15} aria-hidden="true" />
      <span>
        The text does not parse: this is how it last did.{" "}
        {line !== null && (
          <button type="button" onClick={() => store.getState().selectLine(line, "canvas")}>
            Line {line}
          </button>
        )}{" "}
        {message}
      </span>
    </output>
  );
}
