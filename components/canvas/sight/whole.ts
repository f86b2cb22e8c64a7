/** Which cards of a large graph are drawn whole: those in view where rows can be read, and those being worked on. */
import type { Point, Size } from "@/lib/graph/layout";

export interface Card extends Point, Size {
  id: string;
}

/** What can be seen, in pixels of the unzoomed canvas. */
export interface View extends Point, Size {}

export interface InSight {
  /** To be drawn whole, the nearest to the middle first. */
  wanted: readonly string[];
  /** May stay whole where they are. */
  kept: ReadonlySet<string>;
}

/** Parts of the view's own size around it: cards come before they are seen, and go when they are well away. */
const COMES = 0.2;
const GOES = 0.8;

export function cardsInSight(cards: Iterable<Card>, view: View): InSight {
  const wanted: { id: string; away: number }[] = [];
  const kept = new Set<string>();
  const x = view.x + view.width / 2;
  const y = view.y + view.height / 2;
  for (const card of cards) {
    if (!overlaps(card, view, GOES)) continue;
    kept.add(card.id);
    if (!overlaps(card, view, COMES)) continue;
    wanted.push({ id: card.id, away: Math.hypot(card.x + card.width / 2 - x, card.y + card.height / 2 - y) });
  }
  return { wanted: wanted.sort((a, b) => a.away - b.away).map(({ id }) => id), kept };
}

function overlaps(card: Card, view: View, margin: number): boolean {
  const [dx, dy] = [view.width * margin, view.height * margin];
  return (
    card.x < view.x + view.width + dx &&
    card.x + card.width > view.x - dx &&
    card.y < view.y + view.height + dy &&
    card.y + card.height > view.y - dy
  );
}

/**
 * One step from the cards that are whole towards those that should be: all that are worked on, and at most `few` of the
 * others coming and as many going, so that no frame has many to draw. The same set where nothing is left to do.
 */
export function stepTowards(
  whole: ReadonlySet<string>,
  { wanted, kept }: InSight,
  workedOn: ReadonlySet<string>,
  few: number,
): ReadonlySet<string> {
  const going = [...whole].filter((id) => !kept.has(id) && !workedOn.has(id)).slice(0, few);
  const coming = wanted.filter((id) => !whole.has(id) && !workedOn.has(id)).slice(0, few);
  const begun = [...workedOn].filter((id) => !whole.has(id));
  if (going.length + coming.length + begun.length === 0) return whole;
  const next = new Set([...whole, ...begun, ...coming]);
  for (const id of going) next.delete(id);
  return next;
}
