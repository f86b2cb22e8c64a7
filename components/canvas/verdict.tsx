"use client";
/** What letting go would do, or why it can't be: at the pointer, while a connection or a row is dragged. */
import { useConnection, useStore } from "@xyflow/react";
import { useEffect, useState } from "react";
import { useDocument } from "@/components/editor/document-context";
import { useCanvasState } from "./canvas-state";
import styles from "./overlays.module.css";

export function Verdict() {
  const plan = useCanvasState((s) => s.connecting?.plan ?? null);
  const pulled = useCanvasState((s) => s.connecting?.pointer ?? null);
  const drawn = useConnection((connection) => connection.pointer);
  const width = useStore((s) => s.width);
  const hint = useHint();
  const pointer = pulled ?? drawn;
  if (!plan || !pointer) return null;
  // Near the right edge it hangs on the other side of the pointer.
  const flip = pointer.x > width - 300;
  return (
    <output
      className={styles.verdict}
      data-ok={plan.ok}
      data-testid="verdict"
      style={{
        left: pointer.x + (flip ? -16 : 16),
        top: pointer.y + 18,
        maxWidth: `min(340px, ${Math.max(140, flip ? pointer.x - 24 : width - pointer.x - 24)}px)`,
        transform: flip ? "translateX(-100%)" : undefined,
      }}
    >
      {plan.ok ? <code>{plan.line}</code> : plan.reason}
      {plan.ok && plan.notes.map((note) => <Hint key={note}>{note}</Hint>)}
      {plan.ok && hint && <Hint>{hint}</Hint>}
      {!plan.ok && plan.remedy && <Hint>Let go to see what helps: {plan.remedy.label}.</Hint>}
    </output>
  );
}

function Hint({ children }: { children: React.ReactNode }) {
  return <span className={styles.hint}>{children}</span>;
}

/** What the other places of a card mean for files, so that one learns of them by dragging. */
function useHint(): string | null {
  const over = useCanvasState((s) => (s.connecting?.pull.kind === "copy" ? s.connecting.over : null));
  const runs = useDocument(
    (s) =>
      over !== null &&
      !s.collapsed[over.node] &&
      s.graph.stages.find(({ id }) => id === over.node)?.rows.some(({ keyword }) => keyword === "RUN"),
  );
  if (over === null) return null;
  if (over.run !== undefined) return "Mounted into this RUN only. Between two rows: COPY.";
  return runs ? "Onto a RUN: mount into it instead." : null;
}

export function RowVerdict() {
  const refusal = useCanvasState((s) => s.rowDrag?.refusal ?? null);
  const dragging = useCanvasState((s) => s.rowDrag !== null);
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  useEffect(() => {
    if (!dragging) return;
    const follow = (event: PointerEvent) => setAt({ x: event.clientX, y: event.clientY });
    window.addEventListener("pointermove", follow);
    return () => window.removeEventListener("pointermove", follow);
  }, [dragging]);
  if (refusal === null || !at) return null;
  return (
    <output
      className={styles.verdict}
      data-ok={false}
      style={{ position: "fixed", left: at.x + 16, top: at.y + 18 }}
    >
      {refusal}
    </output>
  );
}
