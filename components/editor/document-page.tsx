"use client";
/** Fetches a document of one's own, opens it and hands it to the editor; says so where it can't be had. */
import { useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { RequestError } from "@/lib/share/client";
import type { DocumentView } from "@/lib/share/document";
import { openDocument } from "@/lib/store/open-document";
import type { OpenDocument } from "@/lib/store/opened";
import { DocumentProvider } from "./document-context";
import { EDITING } from "./editing";
import { Editor } from "./editor";
import { EditorSkeleton } from "./editor-skeleton";

export function DocumentPage({ load }: { load(signal: AbortSignal): Promise<DocumentView> }) {
  const [document, setDocument] = useState<OpenDocument | null>(null);
  const [problem, setProblem] = useState<RequestError | null>(null);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `load` is made anew each time; the page is keyed by what it loads
  useEffect(() => {
    const gone = new AbortController();
    let stop = () => {};
    load(gone.signal).then(
      (view) => {
        const opened = openDocument(view);
        stop = opened.start();
        setDocument(opened);
      },
      (error) => {
        if (gone.signal.aborted) return;
        setProblem(
          error instanceof RequestError
            ? error
            : new RequestError({
                status: 0,
                code: "page",
                message: `The document can't be opened: ${String(error)}`,
              }),
        );
      },
    );
    return () => {
      gone.abort();
      stop();
    };
  }, [attempt]);

  if (problem) {
    const again = {
      label: "Try again",
      run: () => {
        setProblem(null);
        setAttempt(attempt + 1);
      },
    };
    return (
      <Notice title={problem.message} text={problem.hint} action={problem.passing ? again : undefined} />
    );
  }
  if (!document) return <EditorSkeleton />;
  return (
    <DocumentProvider document={document}>
      <Editor parts={EDITING} />
    </DocumentProvider>
  );
}
