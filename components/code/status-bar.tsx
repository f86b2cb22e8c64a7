"use client";
import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { buildOf } from "@/lib/build/evaluation";
import { formatCount } from "@/lib/build/format";
import type { Diagnostic } from "@/lib/dockerfile";
import styles from "./code.module.css";

/** Problems, the place of the cursor, the stage it is in, and what the whole file comes to. */
export function StatusBar({ cursor }: { cursor: { line: number; column: number } | null }) {
  const diagnostics = useDocument((state) => buildOf(state.tree, state.options).diagnostics);
  const findings = useDocument((state) => state.findings);
  const graph = useDocument((state) => state.graph);
  const mayEdit = useDocument((state) => state.rights.edit);
  const writing = mayEdit && cursor !== null;
  const stage = cursor && graph.stages.findLast(({ startLine }) => startLine <= cursor.line);
  return (
    <section className={styles.status} tabIndex={-1} aria-label="Status of the text">
      <Problems diagnostics={diagnostics} findings={findings} />
      {cursor && (
        <span className={styles.place} data-testid="cursor-place">
          Ln {cursor.line}, Col {cursor.column}
        </span>
      )}
      {writing && <span className={styles.wayOut}>Esc leaves the text</span>}
      {stage && (
        <span className={styles.stage}>
          stage <b>{stage.label}</b>
        </span>
      )}
      <span className={styles.totals}>
        {formatCount(graph.stages.length, "stage")} · {formatCount(graph.images.length, "image")}
      </span>
    </section>
  );
}

type Found = readonly Diagnostic[];

function Problems({ diagnostics, findings }: { diagnostics: Found; findings: Found }) {
  const store = useDocumentStore();
  const count = (of: Diagnostic["severity"]) =>
    [diagnostics, findings].reduce(
      (sum, found) => sum + found.filter(({ severity }) => severity === of).length,
      0,
    );
  const [errors, warnings, notes] = [count("error"), count("warning"), count("info")];
  const show = () => store.getState().setPanel("problems");
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
          <CircleCheck size={14} aria-hidden="true" /> No problems
        </span>
      )}
    </button>
  );
}
