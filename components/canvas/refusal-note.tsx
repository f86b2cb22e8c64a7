"use client";
import { useEffect, useRef } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { useCanvasState, useCanvasStore } from "./canvas-state";
import { write } from "./edges/connection";
import styles from "./overlays.module.css";

/** Why something could not be done, where it was tried, with what helps one click away. */
export function RefusalNote() {
  const refusal = useCanvasState((s) => s.refusal);
  const canvas = useCanvasStore();
  const document_ = useDocumentStore();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!refusal) return;
    box.current?.focus({ preventScroll: true });
    const away = (event: Event) => {
      if (!(event.target instanceof Node && box.current?.contains(event.target))) {
        canvas.getState().change({ refusal: null });
      }
    };
    window.addEventListener("pointerdown", away, true);
    return () => window.removeEventListener("pointerdown", away, true);
  }, [refusal, canvas]);
  if (!refusal) return null;
  const { at, reason, remedy, way, opensEdge = false } = refusal;
  const close = () => canvas.getState().change({ refusal: null });

  const help = () => {
    if (!remedy) return;
    close();
    const reason = write({ document: document_, canvas }, remedy.edits, opensEdge);
    if (reason !== null) canvas.getState().change({ refusal: { at, reason, remedy: null } });
  };

  return (
    <div
      ref={box}
      className={styles.refusal}
      style={{
        left: `max(8px, min(${at.x}px, 100% - 348px))`,
        top: `max(8px, min(${at.y}px, 100% - 140px))`,
      }}
      role="alert"
      tabIndex={-1}
      data-testid="refusal"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") close();
      }}
    >
      <div className={styles.refusalText}>{reason}</div>
      {remedy?.notes.map((note) => (
        <div key={note} className={styles.refusalNote}>
          {note}
        </div>
      ))}
      <div className={styles.buttons}>
        {remedy && (
          <Button variant="primary" size="small" onClick={help}>
            {remedy.label}
          </Button>
        )}
        {way && (
          <Button
            variant={remedy ? "plain" : "primary"}
            size="small"
            onClick={() => {
              close();
              way.perform();
            }}
          >
            {way.label}
          </Button>
        )}
        <Button size="small" onClick={close}>
          Close
        </Button>
      </div>
    </div>
  );
}
