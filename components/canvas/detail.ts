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

/** A name's line at full size is so many letters long, and so many pixels high. */
const LETTERS = 28;
const LINE = 15.4;
/** A name this small is rather broken within a word. */
const BREAKS = 2.4;
/** What a card without rows has for a name, in pixels. */
const LEAST_ROOM = 92;

/** How much larger than at full size a name may be to be seen whole. A line breaks behind a hyphen. */
export function nameScale(name: string, room = LEAST_ROOM): number {
  for (let scale = LARGEST; scale > 1; scale -= 0.25)
    if (linesOf(name, LETTERS / scale, scale <= BREAKS) * LINE * scale <= room) return scale;
  return 1;
}

/** Pixels at full size: of an image's letter, of the card around them, and of the gap to its left that a name may use. */
const LETTER = 7.5;
const AROUND = 28;
const LEAST_CARD = 96;
const WIDEST_CARD = 260;
const GAP = 60;
const LARGEST_REF = 2.2;

/** The same for an image's name: it stands in one line, on its card and in the gap to its left. */
export function refScale(image: string, name: string): number {
  const card = Math.min(WIDEST_CARD, Math.max(LEAST_CARD, image.length * LETTER + AROUND));
  const fits = (card + GAP - AROUND / 2) / (Math.max(1, name.length) * LETTER);
  return Math.min(LARGEST_REF, Math.max(1, Math.round(fits * 20) / 20));
}

/** Infinite where a word is longer than a line, and may not be broken. */
function linesOf(name: string, letters: number, breaks: boolean): number {
  let lines = 1;
  let used = 0;
  for (const { length } of name.split(/(?<=-)/)) {
    if (length > letters && !breaks) return Number.POSITIVE_INFINITY;
    if (used > 0 && used + length > letters) {
      lines++;
      used = 0;
    }
    used += length;
    lines += Math.ceil(used / letters) - 1;
    used = ((used - 1) % letters) + 1;
  }
  return lines;
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
