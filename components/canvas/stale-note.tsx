"use client";
import { TriangleAlert } from "lucide-react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { StartingPoints } from "@/components/start/starting-points";
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

/** An empty place teaches: what to begin with, and how. */
export function EmptyHint({ mayEdit }: { mayEdit: boolean }) {
  const blank = useDocument((s) => s.text.trim() === "");
  if (!mayEdit) {
    return (
      <div className={styles.empty}>
        <strong>No stages yet</strong>This Dockerfile has no FROM.
      </div>
    );
  }
  return (
    <div className={styles.empty}>
      <strong>{blank ? "What do you want to build?" : "No stages yet"}</strong>
      {blank && <StartingPoints />}
      <span>
        Double-click here or press A to add a stage, or type FROM in the text: every FROM begins one.
      </span>
      {blank && <span>A Dockerfile can also be dropped on the page, or pasted right here.</span>}
    </div>
  );
}
