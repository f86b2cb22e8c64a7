"use client";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import type { TemplateView } from "@/lib/share/answers";
import { createDocument, putTemplateContext } from "@/lib/share/client";
import { MAX_TEXT_BYTES } from "@/lib/share/document";
import { openFile } from "@/lib/share/file-format";

/** What a document is called until somebody names it. */
const UNTITLED = "Untitled";

/** Ways to begin from within the editor. Each rejects with what went wrong, in words. */
export function useFill() {
  const store = useDocumentStore();
  const router = useRouter();

  /** Into this document while its text is empty; what is written stays, and a new document opens instead. */
  const fromTemplate = useCallback(
    async ({ id, title, dockerfile }: TemplateView) => {
      const document_ = store.getState();
      if (document_.text.trim() !== "") {
        const made = await createDocument({ template: id });
        router.push(`/d/${made.id}`);
        return;
      }
      const context = await putTemplateContext(document_.id, id);
      if (context !== null) document_.setContext(context);
      const { text, format } = openFile(dockerfile);
      document_.asOneStep(() => {
        document_.setFormat(format);
        document_.replaceText(text);
        if (document_.title === UNTITLED) document_.setTitle(title);
      });
    },
    [store, router],
  );

  const fromText = useCallback(
    (content: string) => {
      if (new Blob([content]).size > MAX_TEXT_BYTES) {
        throw new Error("A Dockerfile can be at most 1 MiB. What you pasted is longer.");
      }
      const { text, format } = openFile(content);
      const { asOneStep, setFormat, replaceText } = store.getState();
      asOneStep(() => {
        setFormat(format);
        replaceText(text);
      });
    },
    [store],
  );
  return { fromTemplate, fromText };
}
