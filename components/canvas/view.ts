/** How the view onto the graph moves. */

/** Never larger than life, and not so small that nothing can be read. */
export const FIT = { padding: 0.08, maxZoom: 1, minZoom: 0.3 };

/** On a canvas narrower than `below` pixels the first look is at least this large, from the left edge on. */
export const READABLE = { below: 600, zoom: 0.72, margin: 12 };

/** Somebody asked their system for less motion. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

export const glideTime = () => (calm() ? 0 : 220);
