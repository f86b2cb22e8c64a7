"use client";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { FileChooser } from "@/components/start/file-chooser";
import { Button } from "@/components/ui/button";

/** Adds a build that was exported as a file, here or elsewhere, for whoever owns the document. */
export function ImportButton() {
  const store = useDocumentStore();
  const mayEdit = useDocument((state) => state.rights.edit);
  const [busy, setBusy] = useState(false);
  if (!mayEdit) return null;
  const take = async (file: File) => {
    setBusy(true);
    await store.getState().importBuild(file);
    setBusy(false);
  };
  return (
    <FileChooser label="Build record on this device" onFile={(file) => void take(file)}>
      {(choose) => (
        <Button size="small" disabled={busy} onClick={choose} data-testid="import-build">
          <FileUp size={14} aria-hidden="true" /> {busy ? "Importing…" : "Import a build record…"}
        </Button>
      )}
    </FileChooser>
  );
}
