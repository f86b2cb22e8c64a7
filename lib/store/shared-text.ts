/** The Yjs side of a document: one history over text and places, and its deltas as text edits. */
import * as Y from "yjs";
import { documentParts } from "../share/document";
import type { TextEdit } from "../text";

/** A person's deed on the canvas: undoable. Monaco's binding is a tracked origin of its own. */
export const DEED = "deed";
/** The automatic layout, a first placement: saved, not undoable. */
export const SETTLE = "settle";
/** From the server: neither undoable nor to be sent back. */
export const REMOTE = "remote";

/** Typing pauses longer than this start a new undo step, in milliseconds. */
const UNDO_PAUSE = 600;

export function openSharedText(doc: Y.Doc) {
  const parts = documentParts(doc);
  const undoManager = new Y.UndoManager([parts.text, parts.positions, parts.settings], {
    trackedOrigins: new Set<unknown>([DEED]),
    captureTimeout: UNDO_PAUSE,
  });
  return { doc, ...parts, undoManager };
}

export type SharedDocument = ReturnType<typeof openSharedText>;

/** A Y.Text delta as edits of the text before it. */
export function deltaToEdits(
  delta: readonly { retain?: number; insert?: unknown; delete?: number }[],
): TextEdit[] {
  const edits: TextEdit[] = [];
  let offset = 0;
  for (const part of delta) {
    if (part.retain !== undefined) offset += part.retain;
    else if (part.delete !== undefined) {
      const last = edits.at(-1);
      if (last && last.end === offset) last.end = offset + part.delete;
      else edits.push({ start: offset, end: offset + part.delete, text: "" });
      offset += part.delete;
    } else if (typeof part.insert === "string") {
      const last = edits.at(-1);
      if (last && last.end === offset) last.text += part.insert;
      else edits.push({ start: offset, end: offset, text: part.insert });
    }
  }
  return edits;
}

/** Writes edits (sorted, disjoint, of the present text) into the shared text; to be called within a transaction. */
export function writeEdits(text: Y.Text, edits: readonly TextEdit[]): void {
  for (let i = edits.length - 1; i >= 0; i--) {
    const { start, end, text: inserted } = edits[i]!;
    if (end > start) text.delete(start, end - start);
    if (inserted) text.insert(start, inserted);
  }
}

/** A mark that stays with the character at `offset`. */
export function anchorAt(text: Y.Text, offset: number): string {
  return JSON.stringify(Y.createRelativePositionFromTypeIndex(text, offset));
}
