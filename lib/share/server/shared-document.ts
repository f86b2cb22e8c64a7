/** The Yjs side of a document: made from a text, merged with what a tab sends, read. Nothing here saves. */
import * as Y from "yjs";
import { documentParts, type FileFormat, MAX_TEXT_BYTES, readSettings, type Settings } from "../document";
import { Refusal } from "../refusal";

/** Yjs keeps marks of deleted text and of positions; a state beyond this is no Dockerfile's history. */
export const MAX_STATE_BYTES = 16 * MAX_TEXT_BYTES;

export interface DocumentContent {
  text: string;
  settings: Settings;
}

export function refuseLongText(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= MAX_TEXT_BYTES) return;
  throw new Refusal(
    "tooLarge",
    "text-too-large",
    `The Dockerfile has ${bytes.toLocaleString("en")} bytes; at most ${MAX_TEXT_BYTES.toLocaleString("en")} are kept.`,
    "Move large data out of the Dockerfile into files of the build context. What was saved before is unchanged.",
  );
}

/** State of a new document. */
export function newState(
  text: string,
  title: string,
  format: FileFormat,
  lesson: string | null = null,
): Uint8Array<ArrayBuffer> {
  refuseLongText(text);
  const doc = new Y.Doc();
  const parts = documentParts(doc);
  doc.transact(() => {
    parts.text.insert(0, text);
    parts.settings.set("title", title);
    parts.settings.set("format", format);
    if (lesson !== null) parts.settings.set("lesson", lesson);
  });
  return copy(Y.encodeStateAsUpdate(doc));
}

export function readState(state: Uint8Array): DocumentContent {
  return contentOf(load(state));
}

interface Merged {
  state: Uint8Array<ArrayBuffer>;
  answer: Uint8Array;
  /** The text without the update. */
  before: string;
  content: DocumentContent;
  changed: boolean;
}

/**
 * Merges an update into a state. `answer` is what the sender lacks, by its state vector. Refuses, before anything is
 * saved, what cannot be read and what would grow too large.
 */
export function mergeUpdate(state: Uint8Array, update: Uint8Array, stateVector: Uint8Array | null): Merged {
  const doc = load(state);
  const before = documentParts(doc).text.toString();
  let changed = false;
  doc.once("update", () => {
    changed = true;
  });
  try {
    Y.applyUpdate(doc, update);
  } catch {
    throw unreadable("The update");
  }
  const content = contentOf(doc);
  refuseLongText(content.text);
  const merged = copy(Y.encodeStateAsUpdate(doc));
  if (merged.byteLength > MAX_STATE_BYTES) {
    throw new Refusal(
      "tooLarge",
      "history-too-large",
      "The document's editing history has grown too large to keep.",
      "Copy the text into a new document. What was saved before is unchanged.",
    );
  }
  return { state: merged, answer: answerTo(doc, stateVector), before, content, changed };
}

function answerTo(doc: Y.Doc, stateVector: Uint8Array | null): Uint8Array {
  try {
    return stateVector ? Y.encodeStateAsUpdate(doc, stateVector) : Y.encodeStateAsUpdate(doc);
  } catch {
    throw unreadable("The state vector");
  }
}

function load(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

function contentOf(doc: Y.Doc): DocumentContent {
  try {
    return { text: documentParts(doc).text.toString(), settings: readSettings(doc) };
  } catch {
    throw unreadable("The update");
  }
}

function unreadable(what: string): Refusal {
  return new Refusal("invalid", "bad-update", `${what} could not be read.`, "Reload the page and try again.");
}

/** Yjs may hand out a view of a larger buffer, of which the database driver would store all. */
function copy(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
