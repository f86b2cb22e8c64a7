"use client";
/** The attached context as a tree: what is there, what the ignore file keeps out. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useDocument } from "@/components/editor/document-context";
import { cx } from "@/components/ui/cx";
import { type ContextNode, isSent } from "@/lib/build/context/context-tree";
import { formatBytes, formatCount } from "@/lib/build/format";
import styles from "./context.module.css";

/** Of one folder; a folder of more says how many are left out. */
const SHOWN = 200;

export function ContextFiles() {
  const files = useDocument((state) => state.contextFiles);
  switch (files.state) {
    case "none":
      return null;
    case "loading":
      return <p className={styles.limit}>Listing its files…</p>;
    case "failed":
      return <p className={styles.limit}>{files.message}</p>;
    case "ready": {
      const { root, counts, problem } = files.tree;
      return (
        <section aria-label="Files of the build context">
          <h2 className={styles.title}>Files</h2>
          {problem && (
            <p role="alert" className={styles.problem}>
              {problem} Nothing is kept out until the ignore file is mended; the build will fail.
            </p>
          )}
          {counts.ignoredFiles > 0 && (
            <p className={styles.limit}>
              The ignore file keeps out {formatCount(counts.ignoredFiles, "file")},{" "}
              {formatBytes(counts.ignoredBytes)}: a build gets{" "}
              {formatBytes(counts.bytes - counts.ignoredBytes)} at most.
            </p>
          )}
          <Folder node={root} />
        </section>
      );
    }
  }
}

function Folder({ node }: { node: ContextNode }) {
  const children = [...(node.children?.values() ?? [])];
  return (
    <ul className={styles.entries}>
      {children.slice(0, SHOWN).map((child) => (
        <Entry key={child.name} node={child} />
      ))}
      {children.length > SHOWN && (
        <li className={styles.entry}>
          and {formatCount(children.length - SHOWN, "more entry", "more entries")}
        </li>
      )}
    </ul>
  );
}

function Entry({ node }: { node: ContextNode }) {
  const [open, setOpen] = useState(false);
  const { name, kind, bytes, link, ignored, files, total } = node;
  const folder = kind === "folder";
  const out = !isSent(node);
  return (
    <li>
      <div className={cx(styles.entry, out && styles.ignored)}>
        {folder ? (
          <button type="button" className={styles.folder} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? (
              <ChevronDown size={13} aria-hidden="true" />
            ) : (
              <ChevronRight size={13} aria-hidden="true" />
            )}
            {name}/
          </button>
        ) : (
          <span className={styles.file}>
            {name}
            {link !== null && ` → ${link}`}
          </span>
        )}
        <span className={styles.figure}>
          {out
            ? "ignored"
            : folder
              ? `${formatCount(files, "file")}, ${formatBytes(total)}`
              : formatBytes(bytes)}
          {!out && ignored && ", in part"}
        </span>
      </div>
      {open && <Folder node={node} />}
    </li>
  );
}
