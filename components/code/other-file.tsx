"use client";
/** What stands beside the Dockerfile: the ignore file, and to be taken along what is made of text and options. */
import { useDeferredValue, useMemo } from "react";
import { CopyButton } from "@/components/build/copy-button";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { TEXT_KINDS } from "@/components/export/kinds";
import type { FileId } from "./file-tabs";
import { IgnoreFile } from "./ignore-file";
import styles from "./other-file.module.css";

export function OtherFile({ file }: { file: Exclude<FileId, "dockerfile"> }) {
  return file === "ignore" ? <IgnoreFile /> : <Generated kind={file} />;
}

/** Follows the text and the build options, a moment behind. */
function Generated({ kind }: { kind: "compose" | "bake" }) {
  const store = useDocumentStore();
  const tree = useDeferredValue(useDocument((state) => state.tree));
  const title = useDocument((state) => state.title);
  const options = useDocument((state) => state.options);
  const { file, about, text } = TEXT_KINDS.find(({ id }) => id === kind)!;
  const made = useMemo(
    () => (tree.stages.length === 0 ? null : text({ ...store.getState(), tree, title, options })),
    [store, tree, title, options, text],
  );
  if (typeof made !== "string") return <p className={styles.nothing}>There is no stage yet.</p>;
  return <Sheet name={file("")} about={about} text={made} />;
}

function Sheet({ name, about, text }: { name: string; about: string; text: string }) {
  return (
    <div className={styles.sheet}>
      <div className={styles.head}>
        <p>{about}</p>
        <CopyButton label={`Copy ${name}`} text={() => text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard */}
      <section className={styles.text} tabIndex={0} aria-label={name} data-testid="other-file">
        <pre>{text}</pre>
      </section>
    </div>
  );
}
