/** How the view onto the graph moves. */

/** A chain of hundreds of stages is in view as a whole at this zoom. */
export const FARTHEST = 0.01;

/** Selecting, deleting and stepping about is the page's own, and not React Flow's; the wheel moves the view. */
export const OWN_WAYS = {
  elementsSelectable: false,
  edgesFocusable: false,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  deleteKeyCode: null,
  disableKeyboardA11y: true,
  panOnScroll: true,
  zoomOnDoubleClick: false,
  minZoom: FARTHEST,
} as const;

/** All there is, never larger than life, and above the toolbar. */
export const FIT = {
  padding: { x: 0.06, top: 0.06, bottom: "76px" },
  maxZoom: 1,
  minZoom: FARTHEST,
} as const;

/**
 * The first look is the whole graph where that is at least as large as `least`; else its beginning at `zoom`. A canvas
 * narrower than `NARROW` pixels is read row by row, a wider one by names, which are too small to be read below a fifth.
 */
export const NARROW = 600;
export const FIRST_LOOK = {
  narrow: { least: 0.72, zoom: 0.72 },
  wide: { least: 0.2, zoom: 0.36 },
  margin: 24,
  /** The toolbar stands there. */
  below: 76,
};

/** Somebody asked their system for less motion. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

export const glideTime = () => (calm() ? 0 : 220);
