"use client";
import { memo } from "react";
import { copyInWords } from "@/components/build/context/copy-words";
import { isUnderWay } from "@/components/build/use-build";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { copyKey } from "@/lib/store/copy-key";
import { Elapsed } from "../elapsed";
import { foretoldAt } from "../foretold";
import type { RowModel } from "../models";
import styles from "./outline.module.css";
import { rowFacts } from "./row-facts";

/** An instruction, as the build left it and as the next one is foretold: its words, its state, what it added, how long it took. */
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
  const building = useDocument((s) => isUnderWay(s.build?.summary.status));
  const next = useDocument((s) => foretoldAt(s.forecast, index, instruction));
  const copy = useDocument((s) => s.copies.get(copyKey(stage, instruction)));
  const facts = rowFacts({
    step,
    failed,
    exitCode,
    bytes,
    problem,
    foretold: building || next?.outcome === "cached" ? null : (next?.outcome ?? null),
    expected: building && next ? next.milliseconds : null,
    copy: step === undefined && copy?.text === text ? copyInWords(copy) : null,
  });
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
            {step?.status === "running" && step.started !== null && (
              <>
                , <Elapsed started={step.started} />
              </>
            )}
          </span>
        )}
      </button>
    </li>
  );
});
