"use client";
import { useCallback } from "react";
import { toast } from "sonner";
import { useDocumentStore } from "@/components/editor/document-context";
import { inWords } from "@/lib/share/client";
import { openFile } from "@/lib/share/file-format";
import { readDockerfile } from "./read-dockerfile";

/** Puts a file's text in the place of the document's: one step of the history, and undo is offered at once. */
export function useOpenDockerfile(): (file: File) => Promise<void> {
  const store = useDocumentStore();
  return useCallback(
    async (file) => {
      try {
        const { text, format, mixed } = openFile(await readDockerfile(file));
        const { asOneStep, setFormat, replaceText } = store.getState();
        asOneStep(() => {
          setFormat(format);
          replaceText(text);
        });
        toast(`${file.name} is open`, {
          description: mixed
            ? "Its lines end in different ways. They stay so until you edit the text here; then all end in LF."
            : "It took the place of the text that was here.",
          action: { label: "Undo", onClick: () => store.getState().undo() },
        });
      } catch (error) {
        toast.error(inWords(error).message);
      }
    },
    [store],
  );
}
