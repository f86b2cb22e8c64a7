/** Offsets of the language as places of Monaco, and back. */
import type { Dockerfile } from "@/lib/dockerfile";
import type { TextEdit, TextRange } from "@/lib/text";
import type { monaco } from "./setup";

export function rangeAt({ lines }: Dockerfile, { start, end }: TextRange): monaco.IRange {
  const from = lines.position(start);
  const to = lines.position(Math.max(start, end));
  return {
    startLineNumber: from.line,
    startColumn: from.column,
    endLineNumber: to.line,
    endColumn: to.column,
  };
}

export function offsetAt({ lines }: Dockerfile, { lineNumber, column }: monaco.IPosition): number {
  return lines.offset(lineNumber, column);
}

export function monacoEdits(tree: Dockerfile, edits: readonly TextEdit[]): monaco.languages.TextEdit[] {
  return edits.map((edit) => ({ range: rangeAt(tree, edit), text: edit.text }));
}
