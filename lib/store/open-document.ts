/** Opens a document of one's own, or one that was shared, for the page. */

import * as Y from "yjs";
import type { StoreApi } from "zustand/vanilla";
import { createLogStore, type LogStore } from "../build/logs";
import type { StepReason } from "../build/why";
import type { BuildDetail } from "../share/answers";
import * as client from "../share/client";
import type { DocumentView } from "../share/document";
import { createDocumentStore } from "./document-store";
import { watchForecast } from "./forecast-slice";
import { startSaving } from "./saving";
import { openSharedText, REMOTE } from "./shared-text";
import type { DocumentStore, SharedText } from "./types";
import { watchContext } from "./watch-context";
import type { BuildSummary } from "./wire";

/** Where a document's builds are read from: by its owner, or by whoever holds a link to it. */
export interface BuildSource {
  eventsPath(build: string): string;
  getBuild(build: string): Promise<BuildDetail>;
  listBuilds(): Promise<BuildSummary[]>;
  /** Why its steps ran; only its owner is told. */
  getReasons?(build: string): Promise<{ steps: StepReason[] }>;
}

export interface OpenDocument {
  store: StoreApi<DocumentStore>;
  shared: SharedText;
  logs: LogStore;
  /** Its builds as they are kept, each with the text it was made from. */
  builds: BuildSource;
  /** The text when the page opened it. */
  openedText: string;
  /** Saves what is pending, now. */
  flush(): Promise<void>;
  /** Begins to save and to watch the host; gives back what ends it. Nothing runs before. */
  start(): () => void;
}

export function openDocument(view: DocumentView, token?: string): OpenDocument {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, fromBase64(view.state), REMOTE);
  const shared = openSharedText(doc);
  const logs = createLogStore();
  const source: BuildSource = token
    ? {
        eventsPath: (id) => client.sharedBuildEventsPath(token, id),
        getBuild: (id) => client.getSharedBuild(token, id),
        listBuilds: () => client.listSharedBuilds(token),
      }
    : {
        eventsPath: client.buildEventsPath,
        getBuild: client.getBuild,
        listBuilds: () => client.listBuilds(view.id),
        getReasons: client.getReasons,
      };

  let flush = async () => {};
  const store = createDocumentStore({
    view,
    shared,
    logs,
    source,
    flush: () => flush(),
    newId: () => crypto.randomUUID().slice(0, 8),
  });

  return {
    store,
    shared,
    logs,
    builds: source,
    openedText: shared.text.toString(),
    flush: () => flush(),
    start() {
      const saving = view.rights.edit ? startSaving(view.id, doc, store.setState) : null;
      if (saving) flush = saving.flush;
      const stopWatching = store.getState().watchHost();
      const stopForecast = watchForecast(store, (signal) =>
        token ? client.getSharedFigures(token, signal) : client.getFigures(view.id, signal),
      );
      const stopReading = view.rights.edit
        ? watchContext(store, (signal) => client.getContext(view.id, signal))
        : () => {};
      if (view.lastBuild) void store.getState().showBuild(view.lastBuild.id);
      return () => {
        void saving?.flush().catch(() => {});
        saving?.close();
        stopWatching();
        stopReading();
        stopForecast();
      };
    },
  };
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
