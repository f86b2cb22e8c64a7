/** Puts a document's store together from its slices; one store a document. */
import { createStore, type StoreApi } from "zustand/vanilla";
import { buildOptionsSchema } from "../build/events";
import type { LogStore } from "../build/logs";
import { type DocumentView, readSettings } from "../share/document";
import { type BuildParts, createBuildSlice, hostOf } from "./build-slice";
import type { BuildSource } from "./build-source";
import { type ContextParts, createContextSlice } from "./context-slice";
import type { CheckElsewhere } from "./findings";
import { createForecastSlice } from "./forecast-slice";
import { createLayoutSlice } from "./layout-slice";
import { createSelectionSlice, type SelectionParts } from "./selection-slice";
import type { SharedDocument } from "./shared-text";
import { createTextSlice, type TextParts } from "./text-slice";
import type { DocumentStore, HistoryStep } from "./types";

/** Milliseconds without a change after which the next one of the same option is a step of its own. */
const TYPING_MS = 1_000;

/** What components see, and what only the slices say to each other. */
export type WholeStore = DocumentStore & SelectionParts & BuildParts & ContextParts & TextParts;
export type SetStore = (part: Partial<WholeStore>) => void;
export type GetStore = () => WholeStore;

export interface StoreParts {
  view: DocumentView;
  shared: SharedDocument;
  logs: LogStore;
  source: BuildSource;
  flush(): Promise<void>;
  newId(): string;
  /** For large files; without it they are checked where they are written. */
  checkElsewhere?: CheckElsewhere;
}

export function createDocumentStore(parts: StoreParts): StoreApi<WholeStore> {
  const { view, shared, logs, source, flush, newId } = parts;
  let changed: { fields: string; at: number; step: HistoryStep | null } | null = null;
  return createStore<WholeStore>()((set, get) => {
    const settings = () => {
      const { title, format, lesson, options } = readSettings(shared.doc);
      return { title: title || view.title, format, lesson, options: options ?? buildOptionsSchema.parse({}) };
    };
    shared.settings.observe(() => {
      const { options, hosts } = get();
      set(settings());
      if (hosts && get().options.host !== options.host) set({ host: hostOf(hosts, get().options.host) });
      // A build argument may be what a COPY or a FROM names.
      if (get().options !== options) {
        get().redraw();
        get().check();
      }
    });
    return {
      ...createTextSlice(shared, set, get, newId, settings().options, parts.checkElsewhere),
      ...createLayoutSlice(shared, set, get),
      ...createSelectionSlice(set, get),
      ...createContextSlice(set, get),
      ...createBuildSlice(source, logs, flush, set, get),
      ...createForecastSlice(set),
      id: view.id,
      ...settings(),
      rights: view.rights,
      mayLook: view.rights.edit && view.rights.build,
      save: "saved",
      saveProblem: null,
      setTitle: (title) => get().asOneStep(() => shared.settings.set("title", title)),
      setFormat: (format) => get().asOneStep(() => shared.settings.set("format", format)),
      setLesson: (id) => get().asOneStep(() => shared.settings.set("lesson", id)),
      setOptions(part) {
        if (!view.rights.edit) return;
        const options = { ...get().options, ...part };
        // What is typed into one field without a pause is one step.
        const fields = Object.keys(part).join();
        const goesOn = changed?.fields === fields && Date.now() - changed.at < TYPING_MS;
        get().asOneStep(() => shared.settings.set("options", options), goesOn ? changed?.step : null);
        changed = { fields, at: Date.now(), step: get().lastStep() };
      },
      context: view.context,
      setContext: (context) => set({ context }),
      panel: "timeline",
      setPanel: (panel) => set({ panel }),
      panelAsked: null,
      showPanel: (panel) => set({ panel, panelAsked: {} }),
      logStage: null,
      setLogStage: (logStage) => set({ logStage }),
      files: null,
      openFiles: (stage) => set({ files: { stage }, panel: "files", panelAsked: {} }),
    };
  });
}
