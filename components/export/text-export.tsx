"use client";
import { useMemo } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { encodeText } from "@/lib/dockerfile";
import { Actions, clipboard } from "./actions";
import styles from "./export.module.css";
import { fileName, type TextKind } from "./kinds";
import { saveFile } from "./save-file";

/** Letters that the preview shows; the file has them all. */
const SHOWN = 60_000;

/** As plain text, a browser would call a Dockerfile `Dockerfile.txt`. */
const BYTES = "application/octet-stream";

/** A kind that is text: how it looks, and how to have it. The dialog is modal, so the document stays as it is. */
export function TextExport({ kind }: { kind: TextKind }) {
  const store = useDocumentStore();
  const { document_, text } = useMemo(() => {
    const document_ = store.getState();
    return { document_, text: kind.text(document_) };
  }, [store, kind]);
  const file = kind.file(fileName(document_.title));
  const empty = kind.draws && document_.graph.stages.length === 0;
  const missing = empty ? "There is no stage yet." : typeof text === "string" ? null : text.missing;
  const whole = typeof text === "string" ? text : "";
  return (
    <>
      <p className={styles.about}>{kind.about}</p>
      {missing === null ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard
        <section className={styles.text} tabIndex={0} aria-label={file}>
          <pre data-testid="export-text">{whole.slice(0, SHOWN)}</pre>
          {whole.length > SHOWN && <p className={styles.about}>The rest is in the file.</p>}
        </section>
      ) : (
        <p className={styles.missing}>{missing}</p>
      )}
      <Actions
        disabled={missing !== null}
        file={file}
        copy={async () => clipboard().writeText(whole.replace(/^\uFEFF/, ""))}
        save={async () => saveFile(file, new Blob([encodeText(whole).slice()], { type: BYTES }))}
      />
    </>
  );
}
