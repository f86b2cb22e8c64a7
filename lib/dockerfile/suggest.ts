import { isAscii, toLower, toUpper } from "./characters";

/** " (did you mean …?)" where an option is near enough, else nothing (util/suggest). */
export function didYouMean(value: string, options: readonly string[], caseSensitive: boolean): string {
  const match = nearest(value, options, caseSensitive);
  return match === "" ? "" : ` (did you mean ${match}?)`;
}

/** The option within an edit distance of 2, or "" where there is none or the value is one of them. */
export function nearest(value: string, options: readonly string[], caseSensitive: boolean): string {
  const wanted = caseSensitive ? value : toLower(value);
  const own = letters(wanted);
  let match = "";
  let least = 3;
  for (const option of options) {
    const candidate = caseSensitive ? option : toLower(option);
    if (candidate === wanted) return "";
    const distance = [1, 2].find((steps) => isWithin(steps, own, letters(candidate))) ?? 3;
    // Go's maps have no order, so a tie may go either way there; here the option that begins alike wins.
    const better =
      distance === least && match !== "" && alike(candidate, wanted) > alike(toLower(match), wanted);
    if (distance < least || better) {
      least = distance;
      match = caseSensitive ? candidate : matchCase(candidate, value);
    }
  }
  return match;
}

/** How many letters two words begin with in common. */
function alike(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a.charCodeAt(count) === b.charCodeAt(count)) count++;
  return count;
}

function matchCase(text: string, like: string): string {
  if (like === toLower(like)) return toLower(text);
  if (like === toUpper(like)) return toUpper(text);
  return text;
}

/** Letters are code points. */
const letters = (word: string): ArrayLike<string> => (isAscii(word) ? word : Array.from(word));

/** Whether one becomes the other, from a letter of each on, in so many steps: a letter more, less or another. */
function isWithin(steps: number, a: ArrayLike<string>, b: ArrayLike<string>, i = 0, j = 0): boolean {
  while (i < a.length && a[i] === b[j]) {
    i++;
    j++;
  }
  const left = a.length - i;
  const right = b.length - j;
  if (steps === 0 || Math.max(left, right) <= steps) return Math.max(left, right) <= steps;
  const next = (x: number, y: number) => isWithin(steps - 1, a, b, i + x, j + y);
  return Math.abs(left - right) <= steps && (next(1, 1) || next(1, 0) || next(0, 1));
}
