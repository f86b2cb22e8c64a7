/** Monaco's theme, made of the page's own colours; it follows when the page's theme changes. */
import { monaco } from "./setup";

const NAME = "stagecraft";

/** Keeps Monaco's colours those of the page until the result is called. */
export function followPageTheme(): () => void {
  applyTheme();
  const observer = new MutationObserver(applyTheme);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

function applyTheme() {
  const colour = readColours();
  monaco.editor.defineTheme(NAME, {
    base: document.documentElement.dataset.theme === "dark" ? "vs-dark" : "vs",
    inherit: false,
    // Words get their colours by class (words.module.css): those switch with the page by themselves.
    rules: [{ token: "", foreground: colour("--text").slice(1) }],
    colors: {
      "editor.background": colour("--surface"),
      "editor.foreground": colour("--text"),
      "editorCursor.foreground": colour("--accent"),
      "editorLineNumber.foreground": colour("--text-faint"),
      "editorLineNumber.activeForeground": colour("--text"),
      "editor.selectionBackground": `${colour("--accent")}40`,
      "editor.inactiveSelectionBackground": `${colour("--accent")}26`,
      "editor.findMatchBackground": `${colour("--amber")}66`,
      "editor.findMatchHighlightBackground": `${colour("--amber")}33`,
      "editorBracketMatch.background": `${colour("--accent")}1f`,
      "editorBracketMatch.border": colour("--border-strong"),
      "editorError.foreground": colour("--red"),
      "editorWarning.foreground": colour("--amber"),
      "editorInfo.foreground": colour("--accent"),
      "editorWhitespace.foreground": colour("--border-strong"),
      "editorIndentGuide.background1": colour("--border"),
      "editor.placeholder.foreground": colour("--text-faint"),
      "editorWidget.background": colour("--surface-raised"),
      "editorWidget.foreground": colour("--text"),
      "editorWidget.border": colour("--border-strong"),
      "editorHoverWidget.background": colour("--surface-raised"),
      "editorHoverWidget.foreground": colour("--text"),
      "editorHoverWidget.border": colour("--border-strong"),
      "editor.rangeHighlightBackground": `${colour("--accent")}1f`,
      "editor.wordHighlightBackground": `${colour("--accent")}1f`,
      "editorSuggestWidget.background": colour("--surface-raised"),
      "editorSuggestWidget.foreground": colour("--text"),
      "editorSuggestWidget.border": colour("--border-strong"),
      "editorSuggestWidget.selectedBackground": colour("--accent-soft"),
      "editorSuggestWidget.selectedForeground": colour("--text"),
      "editorSuggestWidget.selectedIconForeground": colour("--text-muted"),
      "editorSuggestWidget.highlightForeground": colour("--accent-text"),
      "editorSuggestWidget.focusHighlightForeground": colour("--accent-text"),
      "list.hoverBackground": colour("--surface-sunken"),
      "list.hoverForeground": colour("--text"),
      "list.focusBackground": colour("--accent-soft"),
      "list.focusForeground": colour("--text"),
      "list.focusHighlightForeground": colour("--accent-text"),
      "list.activeSelectionBackground": colour("--accent-soft"),
      "list.activeSelectionForeground": colour("--text"),
      "list.inactiveSelectionBackground": colour("--surface-sunken"),
      "list.highlightForeground": colour("--accent-text"),
      "quickInput.background": colour("--surface-raised"),
      "quickInput.foreground": colour("--text"),
      "quickInputList.focusBackground": colour("--accent-soft"),
      "quickInputList.focusForeground": colour("--text"),
      "peekView.border": colour("--border-strong"),
      "peekViewTitle.background": colour("--surface-raised"),
      "peekViewTitleLabel.foreground": colour("--text"),
      "peekViewTitleDescription.foreground": colour("--text-muted"),
      "peekViewEditor.background": colour("--surface"),
      "peekViewEditor.matchHighlightBackground": `${colour("--amber")}55`,
      "peekViewResult.background": colour("--surface-raised"),
      "peekViewResult.lineForeground": colour("--text"),
      "peekViewResult.fileForeground": colour("--text"),
      "peekViewResult.selectionBackground": colour("--accent-soft"),
      "peekViewResult.selectionForeground": colour("--text"),
      "peekViewResult.matchHighlightBackground": `${colour("--amber")}55`,
      "editorLink.activeForeground": colour("--accent-text"),
      "textLink.foreground": colour("--accent-text"),
      "textLink.activeForeground": colour("--accent-text"),
      "textCodeBlock.background": colour("--surface-sunken"),
      "editorLightBulb.foreground": colour("--amber"),
      "editorLightBulbAutoFix.foreground": colour("--amber"),
      "editorGutter.foldingControlForeground": colour("--text-faint"),
      "editor.foldBackground": `${colour("--text-faint")}1f`,
      "editor.foldPlaceholderForeground": colour("--text-muted"),
      "editorMarkerNavigation.background": colour("--surface-raised"),
      "editorMarkerNavigationError.background": colour("--red"),
      "editorMarkerNavigationWarning.background": colour("--amber"),
      "input.background": colour("--surface"),
      "input.foreground": colour("--text"),
      "input.border": colour("--border-strong"),
      "input.placeholderForeground": colour("--text-faint"),
      "inputOption.activeBackground": colour("--accent-soft"),
      "inputOption.activeForeground": colour("--accent-text"),
      "inputOption.activeBorder": colour("--accent"),
      "icon.foreground": colour("--text-muted"),
      "toolbar.hoverBackground": colour("--surface-sunken"),
      "menu.background": colour("--surface-raised"),
      "menu.foreground": colour("--text"),
      "menu.border": colour("--border-strong"),
      "menu.selectionBackground": colour("--accent-soft"),
      "menu.selectionForeground": colour("--text"),
      "menu.separatorBackground": colour("--border"),
      "scrollbar.shadow": "#00000000",
      "scrollbarSlider.background": `${colour("--text-faint")}40`,
      "scrollbarSlider.hoverBackground": `${colour("--text-faint")}66`,
      "scrollbarSlider.activeBackground": `${colour("--text-faint")}99`,
      "widget.shadow": "#00000033",
      focusBorder: colour("--accent"),
    },
  });
  monaco.editor.setTheme(NAME);
}

/** Monaco wants #rrggbb: whatever way a token is written, the browser works it out. */
function readColours(): (token: string) => string {
  const probe = document.body.appendChild(document.createElement("span"));
  // Where motion is reduced every change takes a moment by rule, and what is read at once would be the colour before.
  probe.style.setProperty("transition", "none", "important");
  // Where colours are forced all of them would read the same, and Monaco cannot be with text and ground of one colour.
  probe.style.setProperty("forced-color-adjust", "none");
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const read = (token: string) => {
    probe.style.color = `var(${token})`;
    if (!context) return "#000000";
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };
  queueMicrotask(() => probe.remove());
  return read;
}
