/** Opens one build by itself: the text that it was made from, which nothing changes, and what happened. */
import type { DocumentReading } from "../share/reading";
import type { OpenDocument } from "./opened";
import { ownBuilds } from "./own-builds";
import { openReading, sharedBuilds } from "./read-document";

/** @param token of the link that one came by; null for whoever owns the document */
export function readBuild(reading: DocumentReading, token: string | null): OpenDocument {
  const builds = token === null ? ownBuilds(reading.id) : sharedBuilds(token);
  // Nothing is built from here: there is nothing to foretell.
  const opened = openReading(reading, builds, () => () => {});
  opened.store.setState({ panel: "overview" });
  return { ...opened, ...(reading.lastBuild && { build: reading.lastBuild.id }) };
}
