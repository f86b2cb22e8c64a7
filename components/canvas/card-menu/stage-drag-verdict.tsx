"use client";
import { useCanvasState } from "../canvas-state";
import styles from "./card-menu.module.css";

/** What letting go would do, at the pointer. */
export function StageDragVerdict() {
  const drag = useCanvasState((s) => s.stageDrag);
  if (!drag) return null;
  const { pointer, over, plan, stage, numbers } = drag;
  const flip = pointer.x > window.innerWidth - 300;
  const text =
    over === null
      ? "Let go on a stage to take its place in the file."
      : plan?.ok
        ? `Becomes stage ${numbers.get(stage)}.`
        : plan?.reason;
  return (
    <output
      className={styles.verdict}
      data-ok={over === null || plan?.ok === true}
      data-testid="stage-drag-verdict"
      style={{
        left: pointer.x + (flip ? -14 : 14),
        top: pointer.y + 18,
        translate: flip ? "-100%" : undefined,
      }}
    >
      {text}
      {plan?.ok && plan.notes.map((note) => <small key={note}>{note}</small>)}
    </output>
  );
}
