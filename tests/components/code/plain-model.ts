/** Monaco's model as far as the binding knows it, with Monaco's own habits: LF only, edits given by place. */
import type { BoundModel } from "@/components/code/monaco/binding";
import { applyEdits, LineIndex, type TextEdit } from "@/lib/text";

type Listener = Parameters<BoundModel["onDidChangeContent"]>[0];

export class PlainModel {
  #text = "";
  #listeners = new Set<Listener>();

  getValue = (() => this.#text) as BoundModel["getValue"];
  getValueLength = (() => this.#text.length) as BoundModel["getValueLength"];

  getPositionAt = ((offset: number) => {
    const { line, column } = new LineIndex(this.#text).position(offset);
    return { lineNumber: line, column };
  }) as BoundModel["getPositionAt"];

  applyEdits = ((edits: Parameters<BoundModel["applyEdits"]>[0]) => {
    const lines = new LineIndex(this.#text);
    this.change(
      edits.map(({ range, text }) => ({
        start: lines.offset(range.startLineNumber, range.startColumn),
        end: lines.offset(range.endLineNumber, range.endColumn),
        text: text ?? "",
      })),
    );
  }) as BoundModel["applyEdits"];

  onDidChangeContent = ((listener: Listener) => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }) as BoundModel["onDidChangeContent"];

  /** What a hand at the keyboard does. */
  change(edits: readonly TextEdit[]) {
    const normal = edits.map((edit) => ({ ...edit, text: edit.text.replace(/\r\n?/g, "\n") }));
    this.#text = applyEdits(this.#text, normal);
    // Monaco reports from the last change to the first.
    const changes = normal
      .map(({ start, end, text }) => ({ rangeOffset: start, rangeLength: end - start, text }))
      .reverse();
    for (const listener of this.#listeners) listener({ changes } as unknown as Parameters<Listener>[0]);
  }

  type(text: string, at = this.#text.length) {
    for (const letter of text) this.change([{ start: at, end: at++, text: letter }]);
  }
}
