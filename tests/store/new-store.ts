/** A document's store over a text, with nothing behind it: no server, no builds. */
import * as Y from "yjs";
import { createLogStore } from "@/lib/build/logs";
import type { ContextSummary } from "@/lib/share/document";
import { createDocumentStore } from "@/lib/store/document-store";
import { openSharedText } from "@/lib/store/shared-text";

/** @param doc kept by who looks at what the store writes into it */
export function newStore(text: string, context: ContextSummary | null = null, doc = new Y.Doc()) {
  doc.getText("dockerfile").insert(0, text);
  let n = 0;
  return createDocumentStore({
    view: {
      ...{ id: "d1", title: "hello", state: "", text, updatedAt: 0, context, lastBuild: null },
      format: { eol: "lf", bom: false },
      rights: { edit: true, build: true, share: true },
    },
    shared: openSharedText(doc),
    logs: createLogStore(),
    source: {
      follow: () => () => {},
      getBuild: () => Promise.reject(),
      listBuilds: async () => [],
      getFigures: () => Promise.reject(),
    },
    flush: async () => {},
    newId: () => `id${n++}`,
  });
}
