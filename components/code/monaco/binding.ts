/**
 * Keeps Monaco's text and the shared text the same. An edit on either side is the same small edit on the other, so
 * cursors, marks and the history stay true. (y-monaco does it too, but edits piece by piece, moves the selection on its
 * own account and does not survive a carriage return.)
 */
import type { editor, IRange } from "monaco-editor/editor";
import type * as Y from "yjs";
import { deltaToEdits, writeEdits } from "@/lib/store/shared-text";
import type { SharedText } from "@/lib/store/types";
import { diffToEdit, type TextEdit } from "@/lib/text";

/** What the binding needs of Monaco's model. Its line ending must be LF. */
export type BoundModel = Pick<
  editor.ITextModel,
  "getValue" | "getValueLength" | "getPositionAt" | "applyEdits" | "onDidChangeContent"
>;

export interface BindingEvents {
  /** Both sides are the same again. `edits` are what came from outside Monaco, empty for an edit made in it. */
  onSynced(edits: readonly TextEdit[], origin: unknown): void;
  /** An edit in Monaco was not let into the document, and is taken back. */
  onRefused(): void;
}

/** Ties the two together until the result is called. `limit` is in bytes of UTF-8. */
export function bindModel(
  model: BoundModel,
  shared: SharedText,
  limit: number,
  events: BindingEvents,
): () => void {
  const { doc, text, undoManager } = shared;
  const origin = { name: "code" };
  undoManager.trackedOrigins.add(origin);
  let writing = false;
  let lastEnd = -1;
  /** The document holds a carriage return: its places are not Monaco's, even where both are of one length. */
  let returns = text.toString().includes("\r");

  const write = (edits: readonly TextEdit[]) => {
    if (edits.length === 0) return;
    writing = true;
    try {
      model.applyEdits(edits.map((edit) => ({ range: rangeOf(model, edit), text: edit.text })));
    } finally {
      writing = false;
    }
  };
  /** Makes Monaco's text the document's; a carriage return in the document is a line's end in Monaco. */
  const overwrite = (): TextEdit[] => {
    const edit = diffToEdit(model.getValue(), text.toString().replace(/\r\n?/g, "\n"));
    const edits = edit ? [edit] : [];
    write(edits);
    return edits;
  };

  const fromMonaco = ({ changes }: editor.IModelContentChangedEvent) => {
    if (writing) return;
    if (exceeds(model, limit)) {
      queueMicrotask(() => {
        overwrite();
        events.onRefused();
      });
      return;
    }
    const edits = changes
      .map(({ rangeOffset, rangeLength, text }) => ({
        start: rangeOffset,
        end: rangeOffset + rangeLength,
        text,
      }))
      .sort((a, b) => a.start - b.start);
    const grown = edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
    const aligned = !returns && text.length + grown === model.getValueLength();
    const whole = aligned ? null : diffToEdit(text.toString(), model.getValue());
    if (!continuesTyping(edits, lastEnd)) undoManager.stopCapturing();
    lastEnd = edits.length === 1 ? edits[0]!.start + edits[0]!.text.length : -1;
    returns = false;
    doc.transact(() => writeEdits(text, aligned ? edits : whole ? [whole] : []), origin);
    events.onSynced([], origin);
  };

  const fromDocument = (event: Y.YTextEvent, transaction: Y.Transaction) => {
    if (transaction.origin === origin) return;
    lastEnd = -1;
    const edits = deltaToEdits(event.delta);
    const grown = edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
    returns ||= edits.some(({ text }) => text.includes("\r"));
    if (!returns && model.getValueLength() + grown === text.length) {
      write(edits);
      events.onSynced(edits, transaction.origin);
    } else {
      events.onSynced(overwrite(), transaction.origin);
    }
  };

  overwrite();
  const listening = model.onDidChangeContent(fromMonaco);
  text.observe(fromDocument);
  return () => {
    listening.dispose();
    text.unobserve(fromDocument);
    undoManager.trackedOrigins.delete(origin);
  };
}

/** Letters typed one after another are one step of the history; a jump, a new line or a paste begins another. */
function continuesTyping(edits: readonly TextEdit[], lastEnd: number): boolean {
  const [edit] = edits;
  if (!edit || edits.length > 1 || edit.text.includes("\n") || edit.text.length > 2) return false;
  return edit.start === lastEnd || edit.end === lastEnd;
}

function rangeOf(model: BoundModel, { start, end }: TextEdit): IRange {
  const from = model.getPositionAt(start);
  const to = end === start ? from : model.getPositionAt(end);
  return {
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  };
}

/** A UTF-16 unit is one to three bytes of UTF-8: most texts need no count. */
function exceeds(model: BoundModel, limit: number): boolean {
  const units = model.getValueLength();
  if (units * 3 <= limit) return false;
  return units > limit || new TextEncoder().encode(model.getValue()).length > limit;
}
