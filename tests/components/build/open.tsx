/** A document with a build on show, as the page has it, without a server. */
import { cleanup, configure, render } from "@testing-library/react";
import type { ReactNode } from "react";
import * as Y from "yjs";
import { CanvasStateProvider } from "@/components/canvas/canvas-state";
import { DocumentProvider } from "@/components/editor/document-context";
import { type BuildEvent, buildOptionsSchema } from "@/lib/build/events";
import { applyEvents } from "@/lib/build/logs";
import { emptyBuild, reduceBuild } from "@/lib/build/reducer";
import type { BuildSummary, DocumentView } from "@/lib/share/document";
import { openDocument } from "@/lib/store/open-document";
import type { OpenDocument } from "@/lib/store/opened";

// Nothing here is a test of speed: a busy machine must not fail one.
configure({ asyncUtilTimeout: 30_000 });

/** Pixels that everything measures in a DOM without layout. */
export const SIZE = { width: 1000, height: 180 };

/** Anew for each rendering: this file is loaded once for several test files, each of which has a window of its own. */
function prepareWindow(): void {
  cleanup();
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  window.matchMedia = () => ({ matches: false }) as MediaQueryList;
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => SIZE.width });
  Object.defineProperty(HTMLElement.prototype, "clientHeight", {
    configurable: true,
    get: () => SIZE.height,
  });
}

export function summaryOf(part: Partial<BuildSummary> = {}): BuildSummary {
  return {
    id: "b1",
    documentId: "d1",
    status: "succeeded",
    host: "here",
    options: buildOptionsSchema.parse({}),
    error: null,
    createdAt: 1000,
    startedAt: 1000,
    endedAt: 4100,
    sizes: {},
    ...part,
  };
}

export function openText(text: string): OpenDocument {
  const doc = new Y.Doc();
  doc.getText("dockerfile").insert(0, text);
  const view: DocumentView = {
    id: "d1",
    title: "Try it",
    state: btoa(String.fromCharCode(...Y.encodeStateAsUpdate(doc))),
    text,
    format: { eol: "lf", bom: false },
    updatedAt: 0,
    context: null,
    lastBuild: null,
    rights: { edit: true, build: true, share: true },
  };
  return openDocument(view);
}

/** Puts the events on show, as following a build would. */
export function show(document: OpenDocument, events: readonly BuildEvent[]): void {
  applyEvents(document.logs, events);
  const before = document.store.getState().build?.state ?? emptyBuild();
  const state = reduceBuild(before, events);
  document.store.setState({ build: { summary: summaryOf({ status: state.status }), state, reasons: [] } });
}

export function renderIn(document: OpenDocument, part: ReactNode) {
  prepareWindow();
  return render(
    <DocumentProvider document={document}>
      <CanvasStateProvider>{part}</CanvasStateProvider>
    </DocumentProvider>,
  );
}
