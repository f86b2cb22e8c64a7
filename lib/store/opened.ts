/** A document that is open in a page. */
import type { StoreApi } from "zustand/vanilla";
import type { LogStore } from "../build/logs";
import type { BuildSource } from "./build-source";
import type { DocumentStore, SharedText } from "./types";

export interface OpenDocument {
  store: StoreApi<DocumentStore>;
  /** The text to write in; null where it is only read. */
  shared: SharedText | null;
  logs: LogStore;
  /** Its builds as they are kept, each with the text it was made from. */
  builds: BuildSource;
  /** Id of the build whose text is on show, where it is not the document's own. */
  build?: string;
  /** The text when the page opened it. */
  openedText: string;
  /** Saves what is pending, now. */
  flush(): Promise<void>;
  /** Begins to save and to watch the host; gives back what ends it. Nothing runs before. */
  start(): () => void;
}
