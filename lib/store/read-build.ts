/** Opens one build by itself: the text that it was made from, which nothing changes, and what happened. */
import type { ContextView } from "../share/answers";
import type { DocumentReading } from "../share/reading";
import { createContextSlice } from "./context-slice";
import type { OpenDocument } from "./opened";
import { ownBuilds } from "./own-builds";
import { openReading, sharedBuilds } from "./read-document";

/** What whoever owns the build may see besides. */
export interface OwnBuild {
  /** May have the host read what its stages hold. */
  mayLook: boolean;
  /** The files that it was made from. */
  listContext(signal: AbortSignal): Promise<ContextView>;
}

/** @param from the token of the link that one came by, or what its owner may see */
export function readBuild(reading: DocumentReading, from: string | OwnBuild): OpenDocument {
  const builds = typeof from === "string" ? sharedBuilds(from) : ownBuilds(reading.id);
  // Nothing is built from here: there is nothing to foretell.
  const opened = openReading(reading, builds, (store) => {
    if (typeof from === "string") return () => {};
    const gone = new AbortController();
    const slice = createContextSlice(store.setState, store.getState);
    store.setState(slice);
    void slice.readContext(from.listContext, gone.signal).then(slice.previewCopies);
    return () => gone.abort();
  });
  opened.store.setState({ panel: "overview", mayLook: typeof from !== "string" && from.mayLook });
  return opened;
}
