"use client";
/** The text, for writing: Monaco over the shared text. Loaded only for those who may edit. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { useDocumentStore, useFlush, useSharedText } from "@/components/editor/document-context";
import styles from "./code.module.css";
import { CodeFrame } from "./code-frame";
import { openEditor } from "./monaco/open-editor";

export function CodePane() {
  const store = useDocumentStore();
  const shared = useSharedText();
  const flush = useFlush();
  const place = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState({ line: 1, column: 1 });

  useEffect(() => {
    if (!place.current) return;
    return openEditor(place.current, store, shared, {
      onCursor: (line, column) => setCursor({ line, column }),
      onRefused: () =>
        toast.error("A Dockerfile can be at most 1 MiB long", {
          description: "That would have been more, so the text stays as it was.",
        }),
      save: () => void flush().catch(() => {}),
    });
  }, [store, shared, flush]);

  return (
    <CodeFrame cursor={cursor}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only listens for the keys that leave the editor */}
      <div ref={place} className={`${styles.monaco} nokey`} onKeyDown={leaveByKey} />
    </CodeFrame>
  );
}

/**
 * Tab writes a tab, so another key must lead out: Escape, where Monaco has nothing to close with it. The focus goes to
 * the status line right below, which says so; Tab goes on from there. F6, the key of the page, leads out as well.
 */
function leaveByKey(event: KeyboardEvent<HTMLElement>) {
  if (event.defaultPrevented || event.key !== "Escape") return;
  event.preventDefault();
  event.currentTarget.parentElement?.parentElement?.querySelector<HTMLElement>("section")?.focus();
}
