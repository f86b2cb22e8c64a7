"use client";
import { ChevronDown, ChevronUp } from "lucide-react";
import { IconButton } from "@/components/ui/button";
import type { Change } from "@/lib/graph/compare/changes";
import { SIGNS, WORDS } from "@/lib/graph/compare/marks";
import styles from "./compare.module.css";

/** From change to change, wherever the focus is; what is come to is said aloud. */
export function StepBar(props: { changes: readonly Change[]; current: number; onStep(by: 1 | -1): void }) {
  const { changes, current, onStep } = props;
  const none = changes.length === 0;
  const change = changes[current];
  return (
    <div className={styles.stepBar} role="toolbar" aria-label="Step through the changes">
      <IconButton label="Previous change" shortcut="P" side="top" disabled={none} onClick={() => onStep(-1)}>
        <ChevronUp size={16} />
      </IconButton>
      <IconButton label="Next change" shortcut="N" side="top" disabled={none} onClick={() => onStep(1)}>
        <ChevronDown size={16} />
      </IconButton>
      <span className={styles.step} role="status" data-testid="compare-step">
        {change ? (
          <>
            {current + 1} of {changes.length}: <b aria-hidden="true">{SIGNS[change.mark]}</b> {change.what}{" "}
            {WORDS[change.mark]}
            <span className="visually-hidden">
              {change.was !== null && `, was ${change.was}`}
              {change.is !== null && `, ${change.was === null ? "" : "now "}${change.is}`}
            </span>
          </>
        ) : none ? (
          ""
        ) : (
          "N and P step through the changes"
        )}
      </span>
    </div>
  );
}
