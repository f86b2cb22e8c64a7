/** Draws the selected lines and the failed ones. */
import styles from "../code.module.css";
import type { Failure, Lines } from "../marked-lines";
import { monaco } from "./setup";

export function markLines(editor: monaco.editor.IStandaloneCodeEditor) {
  const selected = editor.createDecorationsCollection();
  const failed = editor.createDecorationsCollection();
  return {
    select(lines: Lines | null) {
      selected.set(
        lines
          ? [
              {
                range: new monaco.Range(lines[0], 1, lines[1], 1),
                options: wholeLine(styles.selectedLine),
              },
            ]
          : [],
      );
    },
    fail(failure: Failure | null) {
      failed.set(failure ? failedDecorations(editor, failure) : []);
    },
  };
}

function wholeLine(className: string | undefined): monaco.editor.IModelDecorationOptions {
  return {
    isWholeLine: true,
    className,
    // The line's number, too.
    marginClassName: className,
    stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
  };
}

function failedDecorations(
  editor: monaco.editor.IStandaloneCodeEditor,
  { lines: [first, last], note }: Failure,
): monaco.editor.IModelDeltaDecoration[] {
  const end = editor.getModel()?.getLineMaxColumn(first) ?? 1;
  return [
    { range: new monaco.Range(first, 1, last, 1), options: wholeLine(styles.failedLine) },
    {
      range: new monaco.Range(first, end, first, end),
      options: {
        linesDecorationsClassName: styles.failedMark,
        linesDecorationsTooltip: `The last build failed at this line: ${note}`,
        showIfCollapsed: true,
        after: {
          content: `\u00a0${note}\u00a0`,
          inlineClassName: styles.failedNote,
          inlineClassNameAffectsLetterSpacing: true,
        },
      },
    },
  ];
}
