"use client";
/** The text of the ignore file as it is being written, and its way into the build context. */
import { useCallback, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useDocument, useDocumentStore } from "@/components/editor/document-context";
import { inWords, putIgnoreFile } from "@/lib/share/client";

/** Milliseconds without a key, after which it is saved. */
const REST = 1_000;

interface Writing {
  /** Id of the build context that it was read of. */
  of: string;
  text: string;
  state: "saved" | "writing" | "saving" | "failed";
}

interface IgnoreFileField {
  /** Null where there is none. */
  text: string | null;
  state: Writing["state"];
  write(text: string): void;
  /** At once, as far as there is anything to save. */
  save(): void;
}

export function useIgnoreFile(): IgnoreFileField {
  const store = useDocumentStore();
  const attached = useDocument((state) => state.context?.id ?? null);
  const files = useDocument((state) => state.contextFiles);
  const [writing, setWriting] = useState<Writing | null>(null);
  /** The same, for what goes on while nothing is drawn. */
  const now = useRef<Writing | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const change = useCallback((next: Writing) => {
    now.current = next;
    setWriting(next);
  }, []);

  const save = useCallback(async () => {
    clearTimeout(timer.current);
    const begun = now.current;
    if (!begun || begun.state === "saved" || begun.state === "saving") return;
    change({ ...begun, state: "saving" });
    try {
      const context = await putIgnoreFile(store.getState().id, begun.of, begun.text);
      const { text } = now.current!;
      const done = text === begun.text;
      change({ of: context.id, text, state: done ? "saved" : "writing" });
      store.getState().setContext(context);
      if (!done) void save();
    } catch (error) {
      change({ ...now.current!, state: "failed" });
      const { message, hint } = inWords(error);
      toast.error(".dockerignore is not saved", { description: hint ? `${message} ${hint}` : message });
    }
  }, [store, change]);

  const write = useCallback(
    (text: string) => {
      const before = now.current;
      const of = before?.of ?? store.getState().context?.id;
      if (of === undefined) return;
      change({ of, text, state: before?.state === "saving" ? "saving" : "writing" });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), REST);
    },
    [store, change, save],
  );

  // Nobody waits for the hands to rest who goes elsewhere.
  useEffect(() => () => void save(), [save]);
  // Another one was attached, or none is: what was saved went with the one before.
  useEffect(() => {
    if (now.current?.state !== "saved" || now.current.of === attached) return;
    now.current = null;
    setWriting(null);
  }, [attached]);

  const read = files.state === "ready" ? files.ignore : null;
  return {
    text: writing?.text ?? read,
    state: writing?.state ?? "saved",
    write,
    save: () => void save(),
  };
}
