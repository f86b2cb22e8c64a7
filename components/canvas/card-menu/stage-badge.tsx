"use client";
import { cx } from "@/components/ui/cx";
/** A stage's number, which is also what its place in the file is dragged by. */
import { useCanvasState } from "../canvas-state";
import styles from "./card-menu.module.css";
import { useStageDrag } from "./stage-drag";

export function StageBadge({ id, index, readOnly }: { id: string; index: number; readOnly: boolean }) {
  const start = useStageDrag(id);
  const then = useCanvasState((s) => s.stageDrag?.numbers.get(id));
  const held = useCanvasState((s) => s.stageDrag?.stage === id);
  const title = `Stage ${index}: what --from=${index} means`;
  return (
    <span
      className={cx(styles.badge, !readOnly && styles.movable, !readOnly && "nodrag nopan")}
      title={readOnly ? title : `${title}. Drag it onto another stage to take that one's place in the file`}
      data-testid="stage-badge"
      data-held={held || undefined}
      data-then={then}
      onPointerDown={readOnly ? undefined : start}
    >
      {then ?? index}
    </span>
  );
}

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
