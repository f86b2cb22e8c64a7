"use client";
import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { faultsOf } from "@/lib/build/evaluation";
import { formatCount } from "@/lib/build/format";
import type { Diagnostic } from "@/lib/dockerfile";
import type { DocumentStore } from "@/lib/store/types";
import styles from "./code.module.css";

/** Problems, the place of the cursor, the stage it is in, and what the whole file comes to. */
export function StatusBar({ cursor }: { cursor: { line: number; column: number } | null }) {
  const mayEdit = useDocument((state) => state.rights.edit);
  const writing = mayEdit && cursor !== null;
  const stage = useDocument((state) =>
    cursor === null ? null : state.graph.stages.findLast(({ startLine }) => startLine <= cursor.line)?.label,
  );
  return (
    <section className={styles.status} tabIndex={-1} aria-label="Status of the text">
      <Problems />
      {cursor && (
        <span className={styles.place} data-testid="cursor-place">
          Ln {cursor.line}, Col {cursor.column}
        </span>
      )}
      {writing && <span className={styles.wayOut}>Esc leaves the text</span>}
      {stage != null && (
        <span className={styles.stage}>
          stage <b>{stage}</b>
        </span>
      )}
      <Totals />
    </section>
  );
}

/** Drawn by themselves: the cursor moves with every key. */
const Totals = memo(function Totals() {
  const stages = useDocument((state) => state.graph.stages.length);
  const images = useDocument((state) => state.graph.images.length);
  return (
    <span className={styles.totals}>
      {formatCount(stages, "stage")} · {formatCount(images, "image")}
    </span>
  );
});

const Problems = memo(function Problems() {
  const store = useDocumentStore();
  const errors = useDocument((state) => countOf(state, "error"));
  const warnings = useDocument((state) => countOf(state, "warning"));
  const notes = useDocument((state) => countOf(state, "info"));
  const checked = useDocument((state) => state.checked);
  const show = () => store.getState().showPanel("problems");
  return (
    <button type="button" className={styles.problems} onClick={show} title="Show the problems">
      {errors > 0 && (
        <span className={styles.errors}>
          <CircleX size={14} aria-hidden="true" /> {formatCount(errors, "error")}
        </span>
      )}
      {warnings > 0 && (
        <span className={styles.warnings}>
          <TriangleAlert size={14} aria-hidden="true" /> {formatCount(warnings, "warning")}
        </span>
      )}
      {errors + warnings === 0 && notes > 0 && (
        <span className={styles.fine}>
          <Info size={14} aria-hidden="true" /> {formatCount(notes, "note")}
        </span>
      )}
      {errors + warnings + notes === 0 && (
        <span className={styles.fine}>
          {checked && <CircleCheck size={14} aria-hidden="true" />} {checked ? "No problems" : "Checking…"}
        </span>
      )}
    </button>
  );
});

function countOf({ tree, options, findings }: DocumentStore, severity: Diagnostic["severity"]): number {
  let count = 0;
  for (const found of [faultsOf(tree, options), findings])
    for (const each of found) if (each.severity === severity) count++;
  return count;
}
