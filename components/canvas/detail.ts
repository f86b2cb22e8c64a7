/** How much cards show at a zoom: far out their rows can't be read, so the name takes the room. */

export interface Detail {
  /** "rows" is everything, "names" is name and size. */
  shows: "rows" | "names";
  /** By how much the name is larger than at full size, so that it can be read. */
  textScale: number;
}

/** Out of "rows" below the first, back above the second: a zoom near the border does not flicker. */
const LEAVE = 0.42;
const RETURN = 0.48;
/** A larger name than this finds no room on a card. */
const LARGEST = 4.5;

export const EVERYTHING: Detail = { shows: "rows", textScale: 1 };

/** Letters of the longest word of a name: it decides how large the name can be drawn. A line breaks behind a hyphen. */
export function longestWord(name: string): number {
  return Math.max(1, ...name.split("-").map((word, at, all) => word.length + (at < all.length - 1 ? 1 : 0)));
}

/** In steps, so that cards are not drawn anew with each frame of a zoom. */
export function detailAt(zoom: number, before: Detail): Detail {
  const names = before.shows === "names" ? zoom < RETURN : zoom < LEAVE;
  if (!names) return EVERYTHING;
  const exact = Math.log2(1 / zoom) * 2;
  const kept = Math.log2(before.textScale) * 2;
  // A step is left where the zoom is clearly in the next one.
  const step = before.shows === "names" && Math.abs(exact - kept) < 0.7 ? kept : Math.round(exact);
  return { shows: "names", textScale: Math.min(LARGEST, 2 ** (step / 2)) };
}
