/** The shapes that cross the wire, as the store and the components use them. */
export type { BuildEvent, BuildOptions } from "../build/events";
export type {
  BuildSummary,
  ContextSummary,
  DocumentView,
  FileFormat,
  Rights,
} from "../share/document";
export type { HostList, HostView } from "../share/hosts";
