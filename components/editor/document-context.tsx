"use client";
/** Hands one document's store, its shared text and its log to the components below. */
import { createContext, type ReactNode, useContext } from "react";
import { useStore } from "zustand";
import type { OpenDocument } from "@/lib/store/opened";
import type { DocumentStore, SharedText } from "@/lib/store/types";

const DocumentContext = createContext<OpenDocument | null>(null);

export function DocumentProvider({ document, children }: { document: OpenDocument; children: ReactNode }) {
  return <DocumentContext value={document}>{children}</DocumentContext>;
}

function useOpenDocument(): OpenDocument {
  const document = useContext(DocumentContext);
  if (!document) throw new Error("A component of the editor stands outside its DocumentProvider");
  return document;
}

/** Subscribes to a part of the store. Select primitives or stored objects: a selector must not allocate. */
export function useDocument<T>(selector: (state: DocumentStore) => T): T {
  return useStore(useOpenDocument().store, selector);
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

/** What a comparison can be made with: kept builds, and the text when the page opened. */
export function useKeptVersions(): Pick<OpenDocument, "builds" | "openedText"> {
  return useOpenDocument();
}

/** Saves what is pending, now (⌘S, before a build). */
export function useFlush() {
  return useOpenDocument().flush;
}
