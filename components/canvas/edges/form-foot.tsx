"use client";
import { Button } from "@/components/ui/button";
import type { Remedy } from "@/lib/graph/connect";
import styles from "./edge-panel.module.css";

/** Why a form could not be written, with what helps, and the button that writes it. */
export function FormFoot({
  refusal,
  onHelp,
}: {
  refusal: { reason: string; remedy: Remedy | null } | null;
  onHelp(remedy: Remedy): void;
}) {
  const remedy = refusal?.remedy;
  return (
    <>
      {refusal && (
        <p className={styles.refusal} role="alert">
          {refusal.reason}
        </p>
      )}
      <div className={styles.buttons}>
        {remedy && (
          <Button variant="primary" size="small" onClick={() => onHelp(remedy)}>
            {remedy.label}
          </Button>
        )}
        <Button type="submit" variant={remedy ? "plain" : "primary"} size="small">
          Done
        </Button>
        <span className={styles.hint}>Enter writes it, Escape leaves it as it is</span>
      </div>
    </>
  );
}
