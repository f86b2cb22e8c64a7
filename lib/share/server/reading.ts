/** What a document's shared data comes to, for those who only read it. */
import { createHash } from "node:crypto";
import * as Y from "yjs";
import { evaluationOf } from "../../build/evaluation";
import { type BuildOptions, buildOptionsSchema } from "../../build/events";
import { type Diagnostic, parseDockerfile } from "../../dockerfile";
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

/** What was found a moment ago, the one asked for last at the end. */
const found = new Map<string, readonly Diagnostic[]>();
const MAX_FOUND = 20;

/** A link is opened by many, and again and again: the checks of a long text take seconds, in which nobody is answered. */
function findingsIn(text: string, options: BuildOptions): readonly Diagnostic[] {
  const key = createHash("sha256")
    .update(`${JSON.stringify(options)}\n${text}`)
    .digest("hex");
  const findings = found.get(key) ?? findingsOf(parseDockerfile(text), evaluationOf(options));
  found.delete(key);
  found.set(key, findings);
  if (found.size > MAX_FOUND) found.delete(found.keys().next().value!);
  return findings;
}
