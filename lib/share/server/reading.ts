/** What a document's shared data comes to, for those who only read it. */
import * as Y from "yjs";
import { evaluationOf } from "../../build/evaluation";
import { type BuildOptions, buildOptionsSchema } from "../../build/events";
import { parseDockerfile } from "../../dockerfile";
import { findingsOf } from "../../dockerfile/service/findings";
import type { BuildDetail } from "../answers";
import { type ContextSummary, documentParts, readSettings } from "../document";
import { isPlaced, offsetOfAnchor } from "../places";
import type { DocumentReading, ReadPlace } from "../reading";

export function readingOf(state: Uint8Array): Pick<DocumentReading, "options" | "findings" | "places"> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const places: Record<string, ReadPlace> = {};
  for (const [id, place] of documentParts(doc).positions.entries()) {
    if (!isPlaced(place)) continue;
    const { anchor, ...rest } = place;
    places[id] = { ...rest, start: offsetOfAnchor(doc, anchor) };
  }
  const options = readSettings(doc).options ?? buildOptionsSchema.parse({});
  return { places, options, findings: findingsIn(documentParts(doc).text.toString(), options) };
}

/** The text that a build was made from, with its options; where the document still has that text, also its places. */
export function buildReadingOf(
  build: BuildDetail,
  document: { title: string; text: string; state: Uint8Array },
  context: ContextSummary | null,
): DocumentReading {
  const { text: built, format, ...summary } = build;
  const text = built.replaceAll("\r\n", "\n");
  return {
    id: build.documentId,
    title: document.title,
    text,
    format,
    context,
    lastBuild: summary,
    options: build.options,
    findings: findingsIn(text, build.options),
    places: document.text === text ? readingOf(document.state).places : {},
  };
}

const findingsIn = (text: string, options: BuildOptions) =>
  findingsOf(parseDockerfile(text), evaluationOf(options));
