"use client";
import { useDocument } from "@/components/editor/document-context";
import { StartingPoints } from "@/components/start/starting-points";
import styles from "./overlays.module.css";

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
