import type { editor } from "monaco-editor/editor";

/** How the editor looks and behaves; what is left out is Monaco's default. */
export const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  ariaLabel: "Dockerfile. Escape or F6 leaves the editor.",
  automaticLayout: true,
  // Forced colours are the browser's to force: Monaco's own theme for them knows none of the page's.
  autoDetectHighContrast: false,
  // The page's own element is the scope: hovers may stand out of a narrow pane.
  fixedOverflowWidgets: true,
  fontSize: 13,
  lineHeight: 21,
  fontLigatures: false,
  padding: { top: 8, bottom: 24 },
  lineDecorationsWidth: 6,
  glyphMargin: false,
  folding: true,
  foldingHighlight: false,
  showFoldingControls: "mouseover",
  // The number of an empty last line is a line's number as well; dimmed, as it is on Linux, it is too faint to be read.
  renderFinalNewline: "on",
  minimap: { enabled: false },
  overviewRulerLanes: 2,
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  renderLineHighlight: "none",
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  scrollbar: { useShadows: false, verticalScrollbarSize: 12, horizontalScrollbarSize: 12 },
  tabSize: 4,
  insertSpaces: true,
  detectIndentation: true,
  // Words are coloured by the page's tokens alone: Monaco's own guesses would contradict them.
  bracketPairColorization: { enabled: false },
  guides: { indentation: false },
  occurrencesHighlight: "off",
  selectionHighlight: false,
  renderWhitespace: "selection",
  renderControlCharacters: true,
  unusualLineTerminators: "off",
  copyWithSyntaxHighlighting: false,
  quickSuggestions: { other: true, comments: true, strings: true },
  // Enter is a line break where the word already is what is suggested.
  acceptSuggestionOnEnter: "smart",
  suggest: { showWords: false, showSnippets: false, showStatusBar: false, preview: false },
  // It would stand among the words; the hover and Ctrl+. offer the same.
  lightbulb: { enabled: "off" as editor.ShowLightbulbIconMode },
  wordBasedSuggestions: "off",
  links: false,
  contextmenu: true,
  dragAndDrop: false,
  dropIntoEditor: { enabled: false },
  pasteAs: { enabled: false },
  largeFileOptimizations: true,
  maxTokenizationLineLength: 10_000,
  placeholder: "Write a Dockerfile here. It begins with FROM and an image.",
};
