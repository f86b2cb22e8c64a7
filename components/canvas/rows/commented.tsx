"use client";
import { useDocumentStore } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import type { CommentedInstruction } from "@/lib/dockerfile";
import { useCanvasStore } from "../canvas-state";
import styles from "./rows.module.css";

/** Instructions that stand in comments before one of a stage: faint, and one press from being back. */
export function Commented({
  stage,
  index,
  at,
  all,
  readOnly,
  reachable = false,
}: {
  stage: string;
  /** Of the stage. */
  index: number;
  at: number;
  all: readonly CommentedInstruction[];
  readOnly: boolean;
  /** Whether Tab stops here. */
  reachable?: boolean;
}) {
  const store = useDocumentStore();
  const canvas = useCanvasStore();
  const here = all.filter((each) => each.at === at);
  return here.map(({ startLine, keyword, text }) => (
    <li key={`${startLine} ${stage}`} className={styles.commented} data-testid="commented-row">
      <span className={styles.commentedText} title={`Line ${startLine}, commented out: ${keyword} ${text}`}>
        <span className="visually-hidden">Commented out: </span># {keyword} {text}
      </span>
      {!readOnly && (
        <button
          type="button"
          className={cx(styles.back, "nodrag")}
          tabIndex={reachable ? 0 : -1}
          aria-label={`Bring back ${keyword} ${text}`}
          onClick={(event) => {
            event.stopPropagation();
            const result = store.getState().apply({ type: "uncomment", stage: index, line: startLine });
            if (!result.ok) canvas.getState().view?.deeds.refuse(result.reason);
          }}
        >
          Bring back
        </button>
      )}
    </li>
  ));
}
