"use client";
import { type KeyboardEvent, memo } from "react";
import { useDocument } from "@/components/editor/document-context";
import styles from "./code.module.css";

/** What the text pane shows: the Dockerfile, the ignore file of its build context, and what is made of both. */
export const FILES = {
  dockerfile: "Dockerfile",
  ignore: ".dockerignore",
  compose: "Compose",
  bake: "Bake",
} as const;
export type FileId = keyof typeof FILES;

interface Props {
  file: FileId;
  onFile(file: FileId): void;
}

export const FileTabs = memo(function FileTabs({ file, onFile }: Props) {
  // What is in a build context is told to those alone who may change the document.
  const mayEdit = useDocument((state) => state.rights.edit);
  const ids = (Object.keys(FILES) as FileId[]).filter((id) => mayEdit || id !== "ignore");
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = (ids.indexOf(file) + step + ids.length) % ids.length;
    onFile(ids[next]!);
    event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <div role="tablist" aria-label="Files" className={styles.files} onKeyDown={onKeyDown}>
      {ids.map((id) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === file}
          tabIndex={id === file ? 0 : -1}
          className={styles.tab}
          onClick={() => onFile(id)}
        >
          {FILES[id]}
        </button>
      ))}
    </div>
  );
});
