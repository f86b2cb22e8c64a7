"use client";
import { useDocument } from "@/components/editor/document-context";
import { formatDuration } from "@/lib/build/format";
import type { CardStatus } from "./build-view";
import { Elapsed } from "./elapsed";
import styles from "./stage-card.module.css";

/** How a stage's build stands, in a word and, where it counts, a time. Nothing for a stage that was not built. */
export function StatePill({ index, status }: { index: number; status: CardStatus }) {
  const started = useDocument((s) => s.build?.state.stages[index]?.started ?? null);
  const completed = useDocument((s) => s.build?.state.stages[index]?.completed ?? null);
  if (status === "idle") return null;
  const took = started !== null && completed !== null ? formatDuration(completed - started) : null;
  return (
    <span
      className={styles.pill}
      data-status={status}
      data-testid="state-pill"
      title={took && status !== "running" ? `took ${took}` : undefined}
    >
      {word(status)}
      {status === "running" && started !== null && (
        <>
          {" "}
          <Elapsed started={started} />
        </>
      )}
      {status === "done" && took && ` ${took}`}
    </span>
  );
}

function word(status: CardStatus): string {
  return status === "skipped" ? "not built" : status;
}
