"use client";
/** How many steps of a stage the next build runs anew, on its card and in the list. */
import { RotateCw } from "lucide-react";
import { isUnderWay } from "@/components/build/use-build";
import { useDocument } from "@/components/editor/document-context";
import { formatCount } from "@/lib/build/format";
import styles from "./foretold.module.css";

export function ForetoldCount({ stage }: { stage: number }) {
  const count = useForetoldCount(stage);
  if (count === 0) return null;
  const words = foretoldWords(count);
  return (
    <span className={styles.count} title={words} data-testid="foretold-count">
      <RotateCw size={11} aria-hidden="true" />
      {count}
      <span className="visually-hidden"> {words}</span>
    </span>
  );
}

/** 0 while a build is under way, which tells by itself. */
export function useForetoldCount(stage: number): number {
  return useDocument((s) => {
    if (isUnderWay(s.build?.summary.status)) return 0;
    return s.forecast?.steps.filter((step) => step.stage === stage && step.outcome !== "cached").length ?? 0;
  });
}

export const foretoldWords = (count: number) => `${formatCount(count, "step")} to run anew in the next build`;
