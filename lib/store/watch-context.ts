/** Lists the files of the attached build context, now and whenever another is attached. */
import type { StoreApi } from "zustand/vanilla";
import type { ContextView } from "../share/answers";
import type { ContextParts } from "./context-slice";
import type { DocumentStore } from "./types";

/** Gives back what ends it. */
export function watchContext(
  store: StoreApi<DocumentStore & ContextParts>,
  list: (signal: AbortSignal) => Promise<ContextView>,
): () => void {
  let gone = new AbortController();
  const read = () => {
    gone.abort();
    gone = new AbortController();
    void store.getState().readContext(list, gone.signal);
  };
  if (store.getState().context) read();
  const unsubscribe = store.subscribe((state, before) => {
    if (state.context?.id !== before.context?.id) read();
  });
  return () => {
    unsubscribe();
    gone.abort();
  };
}
