/** The parts of the page in the order of Tab, and the focus going from one to the next. */

/** What takes the focus when it comes to a part; the first that is there. */
const ENTRANCES = [
  '[data-list] [tabindex="0"]',
  '.react-flow__node[tabindex="0"]',
  ".monaco-editor [role=textbox], .monaco-editor textarea",
  "[data-testid=code-view]",
  "[role=tab][aria-selected=true]",
  "button:not(:disabled), a[href]",
];

/** `step` is 1 for the next part, -1 for the one before; from the last it goes on to the first. */
export function focusNextPane(from: Element | null, step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(
    ({ offsetWidth, offsetHeight }) => offsetWidth > 0 && offsetHeight > 0,
  );
  const here = panes.findIndex((pane) => pane.contains(from));
  for (let tried = 1; tried <= panes.length; tried++) {
    const at = here < 0 ? (step > 0 ? tried - 1 : panes.length - tried) : here + step * tried;
    if (enter(panes[(at + panes.length * tried) % panes.length]!)) return;
  }
}

function enter(pane: HTMLElement): boolean {
  for (const entrance of ENTRANCES) {
    for (const element of pane.querySelectorAll<HTMLElement>(entrance)) {
      element.focus();
      if (document.activeElement === element) return true;
    }
  }
  return false;
}
