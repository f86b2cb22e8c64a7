"use client";
/** Opens a document that was shared, and shows it. */
import { useEffect, useMemo, useState } from "react";
import type { DocumentReading } from "@/lib/share/reading";
import type { OpenDocument } from "@/lib/store/opened";
import { readDocument } from "@/lib/store/read-document";
import { DocumentProvider } from "./document-context";
import { Editor } from "./editor";
import { EditorSkeleton } from "./editor-skeleton";
import { READING } from "./reading";
import { ReadingHeader } from "./reading-header";

export function SharedDocument({ token, reading }: { token: string; reading: DocumentReading }) {
  const [document, setDocument] = useState<OpenDocument | null>(null);
  const parts = useMemo(() => ({ ...READING, Header: () => <ReadingHeader token={token} /> }), [token]);
  // The page is keyed by its link; what the server sends anew of the same one changes nothing that is open.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    setDocument(readDocument(reading, token));
  }, [token]);
  if (!document) return <EditorSkeleton />;
  return (
    <DocumentProvider document={document}>
      <Editor parts={parts} onDrawn={document.start} />
    </DocumentProvider>
  );
}
