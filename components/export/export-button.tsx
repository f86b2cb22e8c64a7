"use client";
import { FileDown } from "lucide-react";
import { useCommands } from "@/components/commands/use-commands";
import { useDocument } from "@/components/editor/document-context";
import { Button } from "@/components/ui/button";
import styles from "./export-button.module.css";

/** Also where the document is only read: what can be seen can be taken along. */
export function ExportButton() {
  const { run } = useCommands();
  const mayEdit = useDocument((state) => state.rights.edit);
  return (
    <Button
      className={mayEdit ? styles.editing : undefined}
      onClick={() => run("document.export")}
      aria-haspopup="dialog"
      title="Export"
      data-testid="export-button"
    >
      <FileDown size={15} aria-hidden="true" />
      <span className={styles.label}>Export</span>
    </Button>
  );
}
