/** The shapes that cross the wire, as the store and the components use them. */
export type { BuildEvent, BuildOptions } from "../build/events";
export type {
  BuildSummary,
  ContextSummary,
  DocumentView,
  FileFormat,
  HostView,
  Rights,
} from "../share/document";
