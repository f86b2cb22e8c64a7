/** One Monaco editor on one document: text, colours, marks and selection, until it is closed. */
import type { StoreApi } from "zustand/vanilla";
import { faultsOf } from "@/lib/build/evaluation";
import { MAX_TEXT_BYTES } from "@/lib/share/document";
import type { DocumentStore, SharedText } from "@/lib/store/types";
import { formatText } from "../format-text";
import { failureIn, selectedLines } from "../marked-lines";
import { numberChars } from "../number-chars";
import { bindModel } from "./binding";
import { highlightWords } from "./highlighting";
import { bindKeys } from "./keys";
import { markLines } from "./marked-lines";
import { showMarkers } from "./markers";
import { OPTIONS } from "./options";
import { provideLanguage } from "./providers";
import { LANGUAGE, monaco } from "./setup";
import { followPageTheme } from "./theme";

export interface EditorEvents {
  onCursor(line: number, column: number): void;
  onRefused(): void;
  save(): void;
}

export function openEditor(
  place: HTMLElement,
  store: StoreApi<DocumentStore>,
  shared: SharedText,
  events: EditorEvents,
): () => void {
  const state = store.getState;
  const stopTheme = followPageTheme();
  const model = monaco.editor.createModel("", LANGUAGE);
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  const editor = monaco.editor.create(place, {
    ...OPTIONS,
    model,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--font-mono"),
  });
  // An option of the model, which the editor's own options do not reach once it is there.
  model.updateOptions({
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  void document.fonts.ready.then(() => monaco.editor.remeasureFonts());

  /** True while the cursor moves for another reason than somebody's hand in this editor. */
  let moving = false;
  const move = (deed: () => void) => {
    moving = true;
    try {
      deed();
    } finally {
      moving = false;
    }
  };

  let chars = 0;
  const fitNumbers = () => {
    const wanted = numberChars(model.getLineCount());
    if (wanted !== chars) editor.updateOptions({ lineNumbersMinChars: wanted });
    chars = wanted;
  };
  const marks = markLines(editor);
  const failure = () => failureIn(state());
  let opened = false;
  const unbind = bindModel(model, shared, MAX_TEXT_BYTES, {
    onSynced(edits, origin) {
      fitNumbers();
      words.follow();
      marks.select(selectedLines(state()));
      marks.fail(failure());
      markers.showSoon();
      // Whoever takes a step back wants to see what it was.
      const last = edits.at(-1);
      if (!last || origin !== shared.undoManager || !editor.hasTextFocus()) return;
      const grown = edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
      const position = model.getPositionAt(last.end + grown);
      move(() => editor.setPosition(position));
      editor.revealPositionInCenterIfOutsideViewport(position);
    },
    onRefused: events.onRefused,
  });
  const words = highlightWords(editor, () => state().tree);
  const markers = showMarkers(model, () => {
    const { tree, options, findings } = state();
    return { tree, diagnostics: faultsOf(tree, options), findings, failure: failure() };
  });
  const providers = provideLanguage(model, state);

  /** Shows what was selected elsewhere; the focus stays there. */
  const showSelection = () => {
    const lines = selectedLines(state());
    marks.select(lines);
    if (!lines || (opened && state().selectionOrigin === "code")) return;
    if (!editor.hasTextFocus()) move(() => editor.setPosition({ lineNumber: lines[0], column: 1 }));
    editor.revealLinesInCenterIfOutsideViewport(lines[0], lines[1]);
  };
  fitNumbers();
  // The text came into an empty model, and took the cursor along to its end.
  move(() => editor.setPosition({ lineNumber: 1, column: 1 }));
  showSelection();
  marks.fail(failure());
  opened = true;

  const unsubscribe = store.subscribe((now, before) => {
    if (now.selection !== before.selection) showSelection();
    if (now.findings !== before.findings) markers.showSoon();
    const error = now.build?.state.error;
    const failed = now.build?.state.status;
    if (error !== before.build?.state.error || failed !== before.build?.state.status) {
      marks.fail(failure());
      markers.show();
    }
  });

  editor.onDidChangeCursorPosition(({ position, reason }) => {
    events.onCursor(position.lineNumber, position.column);
    const byHand = reason !== monaco.editor.CursorChangeReason.ContentFlush && editor.hasTextFocus();
    if (!moving && byHand) state().selectLine(position.lineNumber, "code", anchorLine(editor.getSelection()));
  });
  editor.onDidFocusEditorText(() => {
    const line = editor.getPosition()?.lineNumber;
    const lines = selectedLines(state());
    // A click moves the cursor and says so itself; coming by keyboard must not lose an edge or image that is selected.
    if (line && !lines && state().selection.kind === "none") state().selectLine(line, "code");
  });
  const keys = bindKeys(editor, {
    undo: () => state().undo(),
    redo: () => state().redo(),
    save: events.save,
    format: () => formatText(state()),
  });

  return () => {
    unsubscribe();
    unbind();
    words.dispose();
    markers.dispose();
    providers.dispose();
    keys.dispose();
    editor.dispose();
    model.dispose();
    stopTheme();
  };
}

/** The line that a selection of several was begun at; a line that it ends right before is not part of it. */
function anchorLine(selection: monaco.Selection | null): number | undefined {
  if (!selection || selection.isEmpty()) return undefined;
  const { selectionStartLineNumber: line, selectionStartColumn: column, positionLineNumber } = selection;
  return line > positionLineNumber && column === 1 ? line - 1 : line;
}
