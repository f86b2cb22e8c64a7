/** Two lists side by side: what both have, in order, and what only one of them has. */

/** Places in the two lists; null where the other list has nothing for it. */
export type AlignedPair = readonly [before: number | null, after: number | null];

/** Cells of the table that finds the longest common subsequence; above it only what is unique in both lists counts. */
const MOST_CELLS = 4_000_000;

/**
 * Every place of both lists once, in the order of both: equal ones as pairs, what only `before` has ahead of what only
 * `after` has. The pairs are a longest common subsequence; of lists too long for that, one through what both have once.
 * `alignLists(after, before)` finds the same pairs the other way round.
 */
export function alignLists(before: readonly string[], after: readonly string[]): AlignedPair[] {
  const pairs: [number, number][] = [];
  match(before, after, { from: 0, to: before.length }, { from: 0, to: after.length }, pairs);
  const aligned: AlignedPair[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...pairs, [before.length, after.length] as const]) {
    while (i < x) aligned.push([i++, null]);
    while (j < y) aligned.push([null, j++]);
    if (x < before.length) aligned.push([i++, j++]);
  }
  return aligned;
}

interface Span {
  from: number;
  to: number;
}

/** Adds the pairs of two spans, in order. */
function match(
  a: readonly string[],
  b: readonly string[],
  of: Span,
  to: Span,
  pairs: [number, number][],
): void {
  let [i, j, m, n] = [of.from, to.from, of.to, to.to];
  while (i < m && j < n && a[i] === b[j]) pairs.push([i++, j++]);
  while (i < m && j < n && a[m - 1] === b[n - 1]) {
    m--;
    n--;
  }
  if (i < m && j < n) {
    // They begin differently, so that which list is which can be told by their words: of equally long ways the same one
    // is taken whichever list is called the first.
    const inner: [number, number][] = [];
    if (a[i]! < b[j]!) middle(a, b, { from: i, to: m }, { from: j, to: n }, inner);
    else {
      middle(b, a, { from: j, to: n }, { from: i, to: m }, inner);
      for (const pair of inner) pair.reverse();
    }
    for (const pair of inner) pairs.push(pair);
  }
  for (let k = 0; m + k < of.to; k++) pairs.push([m + k, n + k]);
}

function middle(
  a: readonly string[],
  b: readonly string[],
  of: Span,
  to: Span,
  pairs: [number, number][],
): void {
  const cells = (of.to - of.from + 1) * (to.to - to.from + 1);
  if (cells <= MOST_CELLS) {
    byTable(a, b, of, to, pairs);
    return;
  }
  const anchors = uniqueInBoth(a, b, of, to);
  let [i, j] = [of.from, to.from];
  for (const [x, y] of anchors) {
    match(a, b, { from: i, to: x }, { from: j, to: y }, pairs);
    pairs.push([x, y]);
    [i, j] = [x + 1, y + 1];
  }
  if (anchors.length > 0) match(a, b, { from: i, to: of.to }, { from: j, to: to.to }, pairs);
}

function byTable(
  a: readonly string[],
  b: readonly string[],
  of: Span,
  to: Span,
  pairs: [number, number][],
): void {
  const [m, n] = [of.to - of.from, to.to - to.from];
  const width = n + 1;
  // How long the longest common subsequence is from each place on.
  const longest = new Uint16Array((m + 1) * width);
  for (let i = m - 1; i >= 0; i--) {
    for (let j = n - 1; j >= 0; j--) {
      longest[i * width + j] =
        a[of.from + i] === b[to.from + j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
    }
  }
  for (let i = 0, j = 0; i < m && j < n; ) {
    if (a[of.from + i] === b[to.from + j]) pairs.push([of.from + i++, to.from + j++]);
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++;
    else j++;
  }
}

/** The longest run, rising in both, of what each span has once. */
function uniqueInBoth(a: readonly string[], b: readonly string[], of: Span, to: Span): [number, number][] {
  const own = once(a, of);
  const other = once(b, to);
  const common = [...own].flatMap(([words, x]): [number, number][] => {
    const y = other.get(words);
    return y === undefined ? [] : [[x, y]];
  });
  return longestRising(common.sort(([x], [z]) => x - z));
}

function once(list: readonly string[], { from, to }: Span): Map<string, number> {
  const places = new Map<string, number>();
  const often = new Set<string>();
  for (let at = from; at < to; at++) {
    if (places.has(list[at]!)) often.add(list[at]!);
    else places.set(list[at]!, at);
  }
  for (const words of often) places.delete(words);
  return places;
}

/** Of pairs in the order of their first places, most whose second places rise as well. */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const ends: number[] = []; // by length, the pair that a run of that length can end with at the earliest
  const previous: number[] = [];
  for (const [at, [, y]] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const half = (low + high) >> 1;
      if (pairs[ends[half]!]![1] < y) low = half + 1;
      else high = half;
    }
    previous[at] = low === 0 ? -1 : ends[low - 1]!;
    ends[low] = at;
  }
  const run: [number, number][] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]!) run.push(pairs[at]!);
  return run.reverse();
}
