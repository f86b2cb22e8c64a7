/**
 * Opens a document that was shared, to be looked at. It needs no shared data, no schemas and no edits, so the page that
 * shows it loads none of them; what asks the server about builds is loaded once there is one to show.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { createLogStore } from "../build/logs";
import type { DocumentReading } from "../share/reading";
import type { BuildSource } from "./build-source";
import type { WholeStore } from "./document-store";
import type { OpenDocument } from "./opened";
import { createReadBuilds } from "./read-builds";
import { createReadLayout, createReadText } from "./read-slices";
import { createSelectionSlice } from "./selection-slice";

const loadClient = () => import("../share/client");

/** @param token the link's */
export function readDocument(reading: DocumentReading, token: string): OpenDocument {
  const builds = sharedBuilds(token);
  return openReading(reading, builds, (store) => watchLater(store, builds));
}

/**
 * A document that nothing changes, on show with its last build.
 * @param watch what begins with it; gives back what ends that
 */
export function openReading(
  reading: DocumentReading,
  builds: BuildSource,
  watch: (store: StoreApi<WholeStore>) => () => void,
): OpenDocument {
  const logs = createLogStore();
  const nothing = () => {};
  const none = async () => {};
  const store = createStore<WholeStore>()((set, get) => ({
    ...createReadText(reading, () => crypto.randomUUID().slice(0, 8)),
    ...createReadLayout(reading, set, get),
    ...createSelectionSlice(set, get),
    contextFiles: { state: "none" },
    copies: new Map(),
    previewCopies: () => [],
    readContext: none,
    ...createReadBuilds(builds, logs, set, get),
    id: reading.id,
    title: reading.title,
    format: reading.format,
    options: reading.options,
    rights: { edit: false, build: false, share: false },
    mayLook: false,
    save: "saved",
    saveProblem: null,
    setTitle: nothing,
    setFormat: nothing,
    lesson: null,
    setLesson: nothing,
    setOptions: nothing,
    context: reading.context,
    setContext: (context) => set({ context }),
    panel: "timeline",
    setPanel: (panel) => set({ panel }),
    panelAsked: null,
    showPanel: (panel) => set({ panel, panelAsked: {} }),
    logStage: null,
    setLogStage: (logStage) => set({ logStage }),
    files: null,
    openFiles: (stage) => set({ files: { stage }, panel: "files", panelAsked: {} }),
    past: [],
    forecast: null,
    forecaster: null,
    whatIf: false,
    setWhatIf: (whatIf) => set({ whatIf }),
  }));
  return {
    store,
    shared: null,
    logs,
    builds,
    openedText: reading.text,
    flush: none,
    start() {
      const stopBuilds = store.getState().watchBuilds();
      const stopWatching = watch(store);
      if (reading.lastBuild) void store.getState().showBuild(reading.lastBuild.id);
      return () => {
        stopBuilds();
        stopWatching();
      };
    },
  };
}

/** Keeps the forecast, once that is loaded. */
function watchLater(store: OpenDocument["store"], builds: BuildSource): () => void {
  let stop = () => {};
  let stopped = false;
  void import("./forecast-slice").then(({ watchForecast }) => {
    if (!stopped) stop = watchForecast(store, builds.getFigures);
  });
  return () => {
    stopped = true;
    stop();
  };
}

/** Of the document that a link leads to. */
export function sharedBuilds(token: string): BuildSource {
  return {
    follow(build, ...heard) {
      let stop = () => {};
      let stopped = false;
      void loadClient().then(({ followBuild, sharedBuildEventsPath }) => {
        if (!stopped) stop = followBuild(sharedBuildEventsPath(token, build), 0, ...heard);
      });
      return () => {
        stopped = true;
        stop();
      };
    },
    getBuild: async (id) => (await loadClient()).getSharedBuild(token, id),
    listBuilds: async () => (await loadClient()).listSharedBuilds(token),
    getFigures: async (signal) => (await loadClient()).getSharedFigures(token, signal),
  };
}
