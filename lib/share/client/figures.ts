/** What builds of a document took, weighed and found in the cache. */
import { documentFiguresSchema } from "../../build/figures";
import { ask } from "./request";

const part = encodeURIComponent;

export function getFigures(documentId: string, signal?: AbortSignal) {
  return ask(documentFiguresSchema, `/api/documents/${part(documentId)}/figures`, { signal });
}

export function getSharedFigures(token: string, signal?: AbortSignal) {
  return ask(documentFiguresSchema, `/api/shared/${part(token)}/figures`, { signal });
}
