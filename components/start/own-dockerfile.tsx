"use client";
import { FileUp, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FileChooser } from "./file-chooser";
import { PasteField } from "./paste-field";
import styles from "./start.module.css";

/** A Dockerfile that the visitor already has, pasted or opened from the disk, or one still to be written. */
export function OwnDockerfile({
  making,
  onText,
  onFile,
  onEmpty,
}: {
  making: string | null;
  onText(text: string): void;
  onFile(file: File): void;
  onEmpty(): void;
}) {
  const [text, setText] = useState("");
  const empty = text.trim() === "";
  return (
    <section aria-labelledby="own">
      <h2 id="own">Bring your own Dockerfile</h2>
      <p className={styles.lead}>Paste it, drop it anywhere on this page, or open the file.</p>
      <PasteField
        text={text}
        onChange={setText}
        actions={
          <>
            <Button
              variant={empty ? "plain" : "primary"}
              disabled={empty || making !== null}
              onClick={() => onText(text)}
              data-testid="open-pasted"
            >
              {making === "text" ? "Opening…" : "Open on the canvas"}
            </Button>
            <FileChooser onFile={onFile}>
              {(choose) => (
                <Button disabled={making !== null} onClick={choose}>
                  <FileUp size={15} aria-hidden="true" />
                  {making === "file" ? "Opening…" : "Open a file"}
                </Button>
              )}
            </FileChooser>
            <Button disabled={making !== null} onClick={onEmpty} data-testid="start-empty">
              <Plus size={15} aria-hidden="true" />
              {making === "empty" ? "Opening…" : "Empty document"}
            </Button>
          </>
        }
      />
    </section>
  );
}
