/** Opens a document of one's own, to be changed. One that was shared is opened by ./read-document. */

import * as Y from "yjs";
import { createLogStore } from "../build/logs";
import * as client from "../share/client";
import type { DocumentView } from "../share/document";
import type { BuildSource } from "./build-source";
import { checkElsewhere } from "./check-elsewhere";
import { createDocumentStore } from "./document-store";
import { watchForecast } from "./forecast-slice";
import type { OpenDocument } from "./opened";
import { ownBuilds } from "./own-builds";
import { startSaving } from "./saving";
import { openSharedText, REMOTE } from "./shared-text";
import type { SharedText } from "./types";
import { watchContext } from "./watch-context";

export type { BuildSource } from "./build-source";
export type { OpenDocument } from "./opened";

export function openDocument(view: DocumentView): OpenDocument & { shared: SharedText } {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, fromBase64(view.state), REMOTE);
  const shared = openSharedText(doc);
  const logs = createLogStore();
  const source: BuildSource = {
    ...ownBuilds(view.id),
    owner: {
      listHosts: client.listHosts,
      startBuild: (...wanted) => client.startBuild(view.id, ...wanted),
      cancelBuild: client.cancelBuild,
      importBuild: (file) => client.importBuild(view.id, file),
    },
  };

  let flush = async () => {};
  const store = createDocumentStore({
    view,
    shared,
    logs,
    source,
    flush: () => flush(),
    checkElsewhere,
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
      const saving = startSaving(view.id, doc, store.setState);
      flush = saving.flush;
      const stopWatching = store.getState().watchBuilds();
      const stopForecast = watchForecast(store, source.getFigures);
      const stopReading = watchContext(store, (signal) => client.getContext(view.id, signal));
      if (view.lastBuild) void store.getState().showBuild(view.lastBuild.id);
      return () => {
        void saving.flush().catch(() => {});
        saving.close();
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
