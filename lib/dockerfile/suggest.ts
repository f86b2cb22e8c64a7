import { toLower, toUpper } from "./characters";

/** " (did you mean …?)" where an option is near enough, else nothing (util/suggest). */
export function didYouMean(value: string, options: readonly string[], caseSensitive: boolean): string {
  const match = nearest(value, options, caseSensitive);
  return match === "" ? "" : ` (did you mean ${match}?)`;
}

/** The option within an edit distance of 2, or "" where there is none or the value is one of them. */
export function nearest(value: string, options: readonly string[], caseSensitive: boolean): string {
  const wanted = caseSensitive ? value : toLower(value);
  let match = "";
  let least = 3;
  for (const option of options) {
    const candidate = caseSensitive ? option : toLower(option);
    if (candidate === wanted) return "";
    // each letter of difference in length is a step, and long junk is not worth measuring
    if (Math.abs(candidate.length - wanted.length) > 4) continue;
    const distance = editDistance(Array.from(wanted), Array.from(candidate));
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

function editDistance(a: readonly string[], b: readonly string[]): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const swap = (previous[column - 1] as number) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(swap, (previous[column] as number) + 1, (current[column - 1] as number) + 1));
    }
    previous = current;
  }
  return previous[b.length] as number;
}
