"use client";
import { useRef, useState } from "react";
import { MAX_TITLE_LENGTH } from "@/lib/share/document";
import { useDocument, useDocumentStore } from "./document-context";
import styles from "./editor.module.css";

/** The document's title; a click makes it a field. */
export function Title() {
  const title = useDocument((state) => state.title);
  const mayEdit = useDocument((state) => state.rights.edit);
  const store = useDocumentStore();
  const [draft, setDraft] = useState<string | null>(null);
  const dismissed = useRef(false);

  if (!mayEdit) return <h1 className={styles.title}>{title}</h1>;
  if (draft === null) {
    return (
      <h1 className={styles.title}>
        <button type="button" className={styles.titleButton} title="Rename" onClick={() => setDraft(title)}>
          {title}
        </button>
      </h1>
    );
  }
  const commit = () => {
    const next = draft.trim();
    if (!dismissed.current && next && next !== title) store.getState().setTitle(next);
    setDraft(null);
  };
  return (
    <input
      className={styles.titleField}
      aria-label="Title"
      value={draft}
      maxLength={MAX_TITLE_LENGTH}
      ref={(field) => {
        if (field && document.activeElement !== field) {
          dismissed.current = false;
          field.focus();
          field.select();
        }
      }}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") {
          dismissed.current = true;
          event.currentTarget.blur();
        }
      }}
    />
  );
}
