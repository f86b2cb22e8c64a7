/**
 * Colours the words in view from the parser's own tokens, in the same breath as the text changes: what is drawn is never
 * a word late, and a heredoc that opens above recolours what is below at once.
 */
import type { Dockerfile } from "@/lib/dockerfile";
import { colouredWords } from "../document-tokens";
import { wordClass } from "../word-classes";
import { monaco } from "./setup";

/** Lines coloured beyond the window on either side, so that scrolling a little costs nothing. */
const MARGIN = 60;

export function highlightWords(editor: monaco.editor.IStandaloneCodeEditor, tree: () => Dockerfile) {
  const collection = editor.createDecorationsCollection();
  let covered: [number, number] = [1, 0];

  const refresh = () => {
    const [top, bottom] = visibleLines(editor);
    covered = [Math.max(1, top - MARGIN), bottom + MARGIN];
    const last = Math.min(covered[1], tree().lines.lineCount);
    collection.set(
      colouredWords(tree(), covered[0], last).map(({ kind, line, from, to }) => ({
        range: new monaco.Range(line, from, line, to),
        options: {
          inlineClassName: wordClass(kind),
          stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
        },
      })),
    );
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
      collection.clear();
    },
  };
}

function visibleLines(editor: monaco.editor.IStandaloneCodeEditor): [number, number] {
  const ranges = editor.getVisibleRanges();
  return [ranges[0]?.startLineNumber ?? 1, ranges.at(-1)?.endLineNumber ?? 1];
}
