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
/** Of these, in the same breath as a key is pressed; the others follow once the hands rest, after so many milliseconds. */
const NEAR = 2;
const REST = 150;

export function highlightWords(editor: monaco.editor.IStandaloneCodeEditor, tree: () => Dockerfile) {
  /** Kinds of the words that are coloured, by the id of the mark that Monaco moves with the text. */
  const marks = new Map<string, ColouredKind>();
  /** First and last of the lines whose colours are those of the present text. */
  let covered: [number, number] = [1, 0];
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Of the marks `now`, those that are where they should be stay: Monaco draws each line anew whose marks are others. */
  const colour = (model: monaco.editor.ITextModel, now: Iterable<[string, monaco.IRange | null]>) => {
    const last = Math.min(covered[1], tree().lines.lineCount);
    const words = colouredWords(tree(), covered[0], last);
    const wanted = new Map(words.map((word) => [`${word.kind} ${word.line} ${word.from} ${word.to}`, word]));
    const gone: string[] = [];
    for (const [id, range] of now) {
      const { startLineNumber, startColumn, endColumn } = range ?? NOWHERE;
      if (!wanted.delete(`${marks.get(id)} ${startLineNumber} ${startColumn} ${endColumn}`)) gone.push(id);
    }
    const fresh = [...wanted.values()];
    const ids = model.deltaDecorations(gone, fresh.map(markOf));
    for (const id of gone) marks.delete(id);
    for (const [at, id] of ids.entries()) marks.set(id, fresh[at]!.kind);
  };
  const cover = (margin: number) => {
    const [top, bottom] = visibleLines(editor);
    covered = [Math.max(1, top - margin), bottom + margin];
  };
  const refresh = () => {
    clearTimeout(timer);
    const model = editor.getModel();
    if (!model) return;
    cover(MARGIN);
    colour(
      model,
      [...marks.keys()].map((id) => [id, model.getDecorationRange(id)]),
    );
  };
  const follow = () => {
    const model = editor.getModel();
    if (!model) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, REST);
    cover(NEAR);
    const near = model.getLinesDecorations(covered[0], Math.min(covered[1], model.getLineCount()));
    colour(
      model,
      near.filter(({ id }) => marks.has(id)).map(({ id, range }) => [id, range]),
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
    follow,
    dispose() {
      clearTimeout(timer);
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
