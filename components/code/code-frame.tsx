"use client";
import { WandSparkles } from "lucide-react";
import dynamic from "next/dynamic";
import { memo, type ReactNode, useEffect, useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import styles from "./code.module.css";
import { FILES, type FileId, FileTabs } from "./file-tabs";
import { StatusBar } from "./status-bar";

const OtherFile = dynamic(() => import("./other-file").then((part) => part.OtherFile), { ssr: false });

/** The text pane around the text: tabs above, the status line below. Without a cursor the status line has no place. */
export function CodeFrame({
  cursor,
  children,
}: {
  cursor: { line: number; column: number } | null;
  children: ReactNode;
}) {
  const mayEdit = useDocument((state) => state.rights.edit);
  const { file, setFile } = useFile();
  const here = file === "dockerfile";
  return (
    <div className={styles.frame} data-testid="code-pane">
      <div className={styles.tabs}>
        <FileTabs file={file} onFile={setFile} />
        {here && (mayEdit ? <FormatButton /> : <span className={styles.readOnly}>read-only</span>)}
      </div>
      {/* It stays while another is looked at: with its place, its selection and what can be undone. */}
      <div className={styles.body} role="tabpanel" aria-label="Dockerfile" hidden={!here}>
        {children}
      </div>
      {!here && (
        <div className={styles.body} role="tabpanel" aria-label={FILES[file]}>
          <OtherFile file={file} />
        </div>
      )}
      <StatusBar cursor={cursor} />
    </div>
  );
}

/** Which is looked at. Whoever asks elsewhere for a line of the Dockerfile is shown it. */
function useFile() {
  const store = useDocumentStore();
  const [file, setFile] = useState<FileId>("dockerfile");
  useEffect(
    () =>
      store.subscribe(({ selection, selectionOrigin }, before) => {
        if (selection === before.selection || selection.kind === "none") return;
        if (selectionOrigin === "build" || selectionOrigin === "palette") setFile("dockerfile");
      }),
    [store],
  );
  return { file, setFile };
}

const FormatButton = memo(function FormatButton() {
  const store = useDocumentStore();
  return (
    <button
      type="button"
      className={styles.format}
      onClick={() => void import("./format-text").then(({ formatText }) => formatText(store.getState()))}
      title="Even out the white space (Shift+Alt+F)"
    >
      <WandSparkles size={14} aria-hidden="true" /> <span className={styles.formatWord}>Format</span>
    </button>
  );
});
