"use client";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import type { Lesson } from "@/lib/learn";
import type { TemplateView } from "@/lib/share/answers";
import { createDocument, listTemplates, putTemplateContext } from "@/lib/share/client";
import { MAX_TEXT_BYTES } from "@/lib/share/document";
import { openFile } from "@/lib/share/file-format";

import type { NewDocument } from "./use-create";

/** What a document is called until somebody names it. */
const UNTITLED = "Untitled";

/** Ways to begin from within the editor. Each rejects with what went wrong, in words. */
export function useFill() {
  const store = useDocumentStore();
  const router = useRouter();

  /** Into this document while its text is empty; what is written stays, and a new document opens instead. */
  const fill = useCallback(
    async (
      otherwise: NewDocument,
      template: string,
      content: { title: string; dockerfile: string; lesson: string | null },
    ) => {
      const document_ = store.getState();
      if (document_.text.trim() !== "") {
        const made = await createDocument(otherwise);
        router.push(`/d/${made.id}`);
        return;
      }
      const context = await putTemplateContext(document_.id, template);
      if (context !== null) document_.setContext(context);
      const { text, format } = openFile(content.dockerfile);
      document_.asOneStep(() => {
        document_.setFormat(format);
        document_.replaceText(text);
        if (document_.title === UNTITLED) document_.setTitle(content.title);
        document_.setLesson(content.lesson);
      });
    },
    [store, router],
  );

  const fromTemplate = useCallback(
    ({ id, title, dockerfile }: TemplateView) =>
      fill({ template: id }, id, { title, dockerfile, lesson: null }),
    [fill],
  );

  const fromLesson = useCallback(
    async ({ id, title, template, dockerfile }: Lesson) => {
      const text = dockerfile ?? (await listTemplates()).find((one) => one.id === template)?.dockerfile ?? "";
      await fill({ lesson: id }, template, { title, dockerfile: text, lesson: id });
    },
    [fill],
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
  return { fromTemplate, fromLesson, fromText };
}
