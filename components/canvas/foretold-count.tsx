"use client";
/** How many steps of a stage the next build runs anew, on its card. */
import { RotateCw } from "lucide-react";
import { isUnderWay } from "@/components/build/use-build";
import { useDocument } from "@/components/editor/document-context";
import { formatCount } from "@/lib/build/format";
import styles from "./foretold.module.css";

export function ForetoldCount({ stage }: { stage: number }) {
  const building = useDocument((s) => isUnderWay(s.build?.summary.status));
  const count = useDocument(
    (s) => s.forecast?.steps.filter((step) => step.stage === stage && step.outcome !== "cached").length ?? 0,
  );
  if (building || count === 0) return null;
  const words = `${formatCount(count, "step")} to run anew in the next build`;
  return (
    <span className={styles.count} title={words} data-testid="foretold-count">
      <RotateCw size={11} aria-hidden="true" />
      {count}
      <span className="visually-hidden"> {words}</span>
    </span>
  );
}
