"use client";
import { memo } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { formatBytes, formatDuration } from "@/lib/build/format";
import type { RowModel } from "../models";
import styles from "./outline.module.css";

/** An instruction, as the build left it: its words, its state, what it added and how long it took. */
export const OutlineRow = memo(function OutlineRow({
  stage,
  index,
  row,
  selected,
  found,
  bytes,
}: {
  stage: string;
  index: number;
  row: RowModel;
  selected: boolean;
  found: boolean;
  bytes: number | null;
}) {
  const { instruction, keyword, text, problem } = row;
  const store = useDocumentStore();
  const step = useDocument((s) => s.build?.state.stages[index]?.steps[instruction]);
  const failed = useDocument((s) => {
    const error = s.build?.state.error;
    return error?.place?.stage === index && error.place.instruction === instruction;
  });
  const exitCode = useDocument((s) => (failed ? (s.build?.state.error?.exitCode ?? null) : null));
  const took =
    step && step.started !== null && step.completed !== null ? step.completed - step.started : null;
  const facts = [
    failed ? "failed" : step?.status,
    exitCode !== null && `exit ${exitCode}`,
    bytes !== null && bytes > 0 && formatBytes(bytes),
    step?.status === "done" && took !== null && formatDuration(took),
    problem,
  ].filter(Boolean);
  return (
    <li>
      <button
        type="button"
        className={cx(styles.row, selected && styles.selectedRow)}
        data-testid="outline-row"
        data-node={stage}
        data-instruction={instruction}
        data-found={found || undefined}
        data-status={failed ? "failed" : (step?.status ?? "idle")}
        aria-pressed={selected}
        tabIndex={-1}
        onClick={() => store.getState().select({ kind: "instruction", stage, instruction }, "canvas")}
      >
        <span className={styles.words}>
          <b className={styles.keyword}>{keyword}</b> {text}
        </span>
        {facts.length > 0 && (
          <span className={styles.figure}>
            <span className="visually-hidden">: </span>
            {facts.join(", ")}
          </span>
        )}
      </button>
    </li>
  );
});
