"use client";
/** Hands one document's store, its shared text and its log to the components below. */
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from "react";
import type { OpenDocument } from "@/lib/store/opened";
import { type Reader, readersOf } from "@/lib/store/readers";
import type { DocumentStore, SharedText } from "@/lib/store/types";

interface Provided extends OpenDocument {
  newReader(): Reader<DocumentStore>;
}

const DocumentContext = createContext<Provided | null>(null);

export function DocumentProvider({ document, children }: { document: OpenDocument; children: ReactNode }) {
  const provided = useMemo(() => ({ ...document, newReader: readersOf(document.store) }), [document]);
  return <DocumentContext value={provided}>{children}</DocumentContext>;
}

function useOpenDocument(): Provided {
  const document = useContext(DocumentContext);
  if (!document) throw new Error("A component of the editor stands outside its DocumentProvider");
  return document;
}

/**
 * Subscribes to a part of the store. Select primitives or stored objects: a selector must not allocate. It is called
 * again only when a field of the store changes that it reads, so it reads no more of them than it needs.
 */
export function useDocument<T>(selector: (state: DocumentStore) => T): T {
  const { store, newReader } = useOpenDocument();
  const reader = useMemo(newReader, [newReader]);
  return useSyncExternalStore(
    reader.subscribe,
    () => reader.read(selector),
    () => selector(store.getInitialState()),
  );
}

/** The store itself, for event handlers: reading it does not subscribe. */
export function useDocumentStore() {
  return useOpenDocument().store;
}

/** For Monaco's binding only. */
export function useSharedText(): SharedText {
  const { shared } = useOpenDocument();
  if (!shared) throw new Error("A document that is only read has no text to write in");
  return shared;
}

/** The log of the build on show; lives outside React because it may hold millions of lines. */
export function useLogStore() {
  return useOpenDocument().logs;
}

/** What a comparison can be made with: what was kept, the text when the page opened, and the build that is on show. */
export function useKeptVersions(): Pick<OpenDocument, "builds" | "build" | "openedText" | "flush"> {
  return useOpenDocument();
}

/** Saves what is pending, now (⌘S, before a build). */
export function useFlush() {
  return useOpenDocument().flush;
}
