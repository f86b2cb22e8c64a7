"use client";
/** What every COPY and ADD will take from the context, before anything is built. */
import { ChevronRight, TriangleAlert } from "lucide-react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import type { CopyPreview } from "@/lib/build/context/copies";
import { formatBytes, formatCount } from "@/lib/build/format";
import { rowAt } from "../use-build";
import styles from "./context.module.css";
import { copyInWords } from "./copy-words";

export function Copies() {
  const copies = useDocument((state) => state.copies);
  if (copies.size === 0) return null;
  return (
    <section aria-label="What copies take">
      <h2 className={styles.title}>What COPY and ADD will take</h2>
      <ul className={styles.copies}>
        {[...copies].map(([key, copy]) => (
          <Copy key={key} copy={copy} />
        ))}
      </ul>
    </section>
  );
}

function Copy({ copy }: { copy: CopyPreview }) {
  const store = useDocumentStore();
  const stages = useDocument((state) => state.graph.stages);
  const { stage, instruction, text, sources, taken, files } = copy;
  const row = rowAt(stages, stage, instruction);
  // The text has gone on; what is worked out anew in a moment.
  if (!row || row.text !== text) return null;
  const wrong = sources.filter((source) => source.problem !== null);
  return (
    <li>
      <details className={styles.copy}>
        <summary>
          <ChevronRight size={13} aria-hidden="true" className={styles.marker} />
          <code className={styles.copyText}>
            {row.keyword} {row.text}
          </code>
          <span className={styles.figure}>{copyInWords(copy)}</span>
        </summary>
        {wrong.map((source) => (
          <p key={source.text} className={styles.problem}>
            <TriangleAlert size={13} aria-hidden="true" /> {sourceInWords(source)}
          </p>
        ))}
        <ul className={styles.taken}>
          {taken.map(({ path, bytes }) => (
            <li key={path} className={styles.entry}>
              <span className={styles.file}>{path}</span>
              <span className={styles.figure}>{formatBytes(bytes)}</span>
            </li>
          ))}
          {files > taken.length && <li>and {formatCount(files - taken.length, "more file")}</li>}
        </ul>
        <button
          type="button"
          className={styles.show}
          onClick={() =>
            store.getState().select({ kind: "instruction", stage: stages[stage]!.id, instruction }, "build")
          }
        >
          Show line {copy.line}
        </button>
      </details>
    </li>
  );
}

function sourceInWords({ text, problem, nearest }: CopyPreview["sources"][number]): string {
  switch (problem) {
    case "missing":
      return `${text} is not in the build context.${nearest ? ` ${nearest} is.` : ""}`;
    case "ignored":
      return `${text} is kept out by the ignore file.`;
    case "badPattern":
      return `${text} is not a valid pattern.`;
    default:
      return `${text} matches nothing.`;
  }
}
