"use client";
import { Download } from "lucide-react";
import { useDocument } from "@/components/editor/document-context";
import { archivePath } from "@/lib/share/client";
import styles from "./options.module.css";

/** The image of the last build that left one, as a file: later builds take those of earlier ones away. */
export function ArchiveLink() {
  const build = useDocument(({ history, rights }) =>
    rights.build
      ? (history.find(({ status, options }) => status === "succeeded" && options.output !== "discard")?.id ??
        null)
      : null,
  );
  if (build === null) return null;
  return (
    <a className={styles.download} href={archivePath(build)} download data-testid="download-image">
      <Download size={15} aria-hidden="true" /> Download the last image built (.tar, for docker load)
    </a>
  );
}
