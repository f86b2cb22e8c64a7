/** What a document's shared data comes to, for those who only read it. */
import * as Y from "yjs";
import { evaluationOf } from "../../build/evaluation";
import { buildOptionsSchema } from "../../build/events";
import { parseDockerfile } from "../../dockerfile";
import { findingsOf } from "../../dockerfile/service/findings";
import { documentParts, readSettings } from "../document";
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
  const tree = parseDockerfile(documentParts(doc).text.toString());
  return { places, options, findings: findingsOf(tree, evaluationOf(options)) };
}
