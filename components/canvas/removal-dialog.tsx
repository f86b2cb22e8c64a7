"use client";
import { useDocumentStore } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useCanvasState, useCanvasStore } from "./canvas-state";
import styles from "./overlays.module.css";

/** Asks before something is removed that others need, and says who. */
export function RemovalDialog() {
  const removal = useCanvasState((s) => s.removal);
  const canvas = useCanvasStore();
  const store = useDocumentStore();
  const close = () => canvas.getState().change({ removal: null });
  return (
    <Dialog
      open={removal !== null}
      onOpenChange={(open) => !open && close()}
      title={removal?.title ?? ""}
      description="This changes more than what you remove:"
    >
      <ul className={styles.notes} data-testid="removal-notes">
        {removal?.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button
          variant="danger"
          autoFocus
          onClick={() => {
            if (removal) store.getState().applyAll(removal.edits);
            close();
          }}
        >
          Remove
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </Dialog>
  );
}
