/** What the next build will run anew, by what the earlier builds of the document left. */
import type { StoreApi } from "zustand/vanilla";
import { type TakenFiles, takenFiles } from "../build/context/digest";
import { evaluationOf } from "../build/evaluation";
import type { DocumentFigures, PastBuild } from "../build/figures";
import { type Forecast, Forecaster } from "../build/forecast/forecast";
import type { DocumentStore } from "./types";

export interface ForecastSlice {
  /** Builds that are over, newest first. */
  past: readonly PastBuild[];
  /** Null while there is no earlier build to tell by. A moment behind the text. */
  forecast: Forecast | null;
  /** Knows how long steps took; null without earlier builds. */
  forecaster: Forecaster | null;
  /** Whether the forecast is of an edit of the selected instruction, in place of what was edited since the last build. */
  whatIf: boolean;
  setWhatIf(on: boolean): void;
}

export function createForecastSlice(set: (part: Partial<ForecastSlice>) => void): ForecastSlice {
  return {
    past: [],
    forecast: null,
    forecaster: null,
    whatIf: false,
    setWhatIf: (whatIf) => set({ whatIf }),
  };
}

/** Milliseconds after the last change. */
const REST = 250;

/** Keeps the forecast up to date; `ask` gives what the builds left. Gives back what ends it. */
export function watchForecast(
  store: StoreApi<DocumentStore>,
  ask: (signal: AbortSignal) => Promise<DocumentFigures>,
): () => void {
  const gone = new AbortController();
  let hashes: ReadonlyMap<string, string> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;
  let reading = false;

  const foresee = () => {
    const state = store.getState();
    const { forecaster, tree, options } = state;
    if (!forecaster || reading) return;
    const whatIf = state.whatIf && !isUnderWay(state);
    const edited = whatIf ? editedIn(state) : null;
    const files = filesIn(state, hashes);
    const next = { tree, options, files, ...(edited && { edited }) };
    store.setState({ forecast: whatIf && !edited ? null : forecaster.forecast(next) });
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(foresee, REST);
  };
  const read = async () => {
    const mine = ++asked;
    // What is known now leaves out a build that is just over.
    reading = true;
    store.setState({ forecast: null });
    try {
      const figures = await ask(gone.signal);
      if (gone.signal.aborted || mine !== asked) return;
      reading = false;
      hashes = figures.hashes && new Map(Object.entries(figures.hashes));
      const { builds } = figures;
      const own = builds.filter(({ imported }) => !imported);
      store.setState({ past: builds, forecaster: own.length > 0 ? new Forecaster(own) : null });
      foresee();
    } catch {
      // What it is good to know, and no harm to lack.
    }
  };

  void read();
  const unsubscribe = store.subscribe((state, before) => {
    if (overBuilds(state) !== overBuilds(before) || state.context?.id !== before.context?.id) void read();
    else if (
      state.tree !== before.tree ||
      state.options !== before.options ||
      state.contextFiles !== before.contextFiles
    )
      soon();
    else if (
      state.whatIf !== before.whatIf ||
      isUnderWay(state) !== isUnderWay(before) ||
      (state.whatIf && state.selection !== before.selection)
    )
      foresee();
  });
  return () => {
    clearTimeout(timer);
    gone.abort();
    unsubscribe();
  };
}

const counts = new WeakMap<DocumentStore["history"], number>();

function overBuilds({ history }: DocumentStore): number {
  let count = counts.get(history);
  if (count === undefined) {
    count = history.filter(({ endedAt }) => endedAt !== null).length;
    counts.set(history, count);
  }
  return count;
}

const isUnderWay = ({ build }: DocumentStore) =>
  build?.summary.status === "queued" || build?.summary.status === "running";

/** The selected instruction, where the forecast is to be of its edit; a selected stage stands for its FROM. */
function editedIn({ selection, stageIds }: DocumentStore) {
  if (selection.kind !== "stage" && selection.kind !== "instruction") return null;
  const stage = stageIds.indexOf(selection.stage);
  if (stage < 0) return null;
  return { stage, instruction: selection.kind === "stage" ? 0 : selection.instruction };
}

function filesIn(
  { contextFiles, context, tree, options }: DocumentStore,
  hashes: ReadonlyMap<string, string> | null,
): TakenFiles | null {
  if (context === null || contextFiles.state !== "ready" || !hashes) return null;
  return takenFiles(tree, evaluationOf(options), contextFiles.tree, hashes);
}
