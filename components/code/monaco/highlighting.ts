/**
 * Colours the words in view from the parser's own tokens, in the same breath as the text changes: what is drawn is never
 * a word late, and a heredoc that opens above recolours what is below at once.
 */
import type { Dockerfile } from "@/lib/dockerfile";
import { type ColouredKind, colouredWords, type LineToken } from "../document-tokens";
import { wordClass } from "../word-classes";
import { monaco } from "./setup";

/** Lines coloured beyond the window on either side, so that scrolling a little costs nothing. */
const MARGIN = 60;

export function highlightWords(editor: monaco.editor.IStandaloneCodeEditor, tree: () => Dockerfile) {
  /** Kinds of the words that are coloured now, by the id of the mark that Monaco moves with the text. */
  let marks = new Map<string, ColouredKind>();
  let covered: [number, number] = [1, 0];

  /** Marks that are where they should be stay: Monaco draws each line anew whose marks are others. */
  const colour = (model: monaco.editor.ITextModel, words: readonly LineToken[]) => {
    const wanted = new Map(words.map((word) => [`${word.kind} ${word.line} ${word.from} ${word.to}`, word]));
    const after: typeof marks = new Map();
    const gone: string[] = [];
    for (const [id, kind] of marks) {
      const { startLineNumber, startColumn, endColumn } = model.getDecorationRange(id) ?? NOWHERE;
      if (wanted.delete(`${kind} ${startLineNumber} ${startColumn} ${endColumn}`)) after.set(id, kind);
      else gone.push(id);
    }
    const fresh = [...wanted.values()];
    const ids = model.deltaDecorations(gone, fresh.map(markOf));
    for (const [at, id] of ids.entries()) after.set(id, fresh[at]!.kind);
    marks = after;
  };
  const refresh = () => {
    const model = editor.getModel();
    if (!model) return;
    const [top, bottom] = visibleLines(editor);
    covered = [Math.max(1, top - MARGIN), bottom + MARGIN];
    const last = Math.min(covered[1], tree().lines.lineCount);
    colour(model, colouredWords(tree(), covered[0], last));
  };
  const refreshIfUncovered = () => {
    const [top, bottom] = visibleLines(editor);
    if (top < covered[0] || bottom > covered[1]) refresh();
  };
  const listening = [
    editor.onDidScrollChange(refreshIfUncovered),
    editor.onDidLayoutChange(refreshIfUncovered),
  ];
  refresh();
  return {
    /** After the text changed. */
    refresh,
    dispose() {
      for (const one of listening) one.dispose();
      editor.getModel()?.deltaDecorations([...marks.keys()], []);
    },
  };
}

const NOWHERE = { startLineNumber: 0, startColumn: 0, endColumn: 0 };

function markOf({ kind, line, from, to }: LineToken): monaco.editor.IModelDeltaDecoration {
  return {
    range: new monaco.Range(line, from, line, to),
    options: {
      inlineClassName: wordClass(kind),
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
    },
  };
}

function visibleLines(editor: monaco.editor.IStandaloneCodeEditor): [number, number] {
  const ranges = editor.getVisibleRanges();
  return [ranges[0]?.startLineNumber ?? 1, ranges.at(-1)?.endLineNumber ?? 1];
}
