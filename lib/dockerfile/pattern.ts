/**
 * The patterns of `${name#pattern}`, `%` and `/`: `*`, `?` and escapes, no brackets (shell/lex.go,
 * convertShellPatternToRegex). Matched without regular expressions, so that no pattern can take more than
 * length × pattern steps.
 */

const ANY = -1;

/** Runs of characters (or ANY) with a star between each two. */
type Pattern = number[][];

/** A pattern, or the reason why it is none. */
export function compilePattern(text: string): Pattern | { reason: string } {
  const points = Array.from(text, (point) => point.codePointAt(0) as number);
  if (points[0] === 0xfeff) points.shift(); // Go's scanner drops a BOM
  let run: number[] = [];
  const pattern: Pattern = [run];
  for (let at = 0; at < points.length; at++) {
    const point = points[at] as number;
    if (point === 0x2a) {
      run = [];
      pattern.push(run);
    } else if (point === 0x3f) run.push(ANY);
    else if (point === 0x5c) {
      const next = points[at + 1];
      if (next === 0x7d || next === 0x2f) continue; // escaped for the sake of ${}, not of the pattern
      if (next !== 0x2a && next !== 0x3f && next !== 0x5c) {
        return { reason: `invalid escape '\\${next === undefined ? "\ufffd" : String.fromCodePoint(next)}'` };
      }
      run.push(next);
      at++;
    } else run.push(point);
  }
  return pattern;
}

/** Where a match that starts at `start` ends: the longest or the shortest; -1 for none. */
function matchAt(pattern: Pattern, value: readonly number[], start: number, longest: boolean): number {
  const first = pattern[0] as number[];
  if (!runAt(first, value, start)) return -1;
  let at = start + first.length;
  for (let index = 1; index < pattern.length; index++) {
    const run = pattern[index] as number[];
    const last = longest && index === pattern.length - 1;
    let found = last ? value.length - run.length : at;
    while (found >= at && found + run.length <= value.length && !runAt(run, value, found))
      found += last ? -1 : 1;
    if (found < at || found + run.length > value.length) return -1;
    at = found + run.length;
  }
  return at;
}

function runAt(run: readonly number[], value: readonly number[], at: number): boolean {
  if (at + run.length > value.length) return false;
  for (let index = 0; index < run.length; index++) {
    if (run[index] !== ANY && run[index] !== value[at + index]) return false;
  }
  return true;
}

/** `${value#pattern}` and, with `longest`, `##`. */
export function trimPrefix(pattern: Pattern, value: string, longest: boolean): string {
  const points = toPoints(value);
  const end = matchAt(pattern, points, 0, longest);
  return end === -1 ? value : toText(points.slice(end));
}

/** `${value%pattern}` and, with `longest`, `%%`: the same read backwards. */
export function trimSuffix(pattern: Pattern, value: string, longest: boolean): string {
  const points = toPoints(value).reverse();
  const reversed = pattern.map((run) => run.slice().reverse()).reverse();
  const end = matchAt(reversed, points, 0, longest);
  return end === -1 ? value : toText(points.slice(end).reverse());
}

/**
 * `${value/pattern/replacement}`, and with `all` `//`, where Go's ReplaceAllString reads `$` in the replacement. Null where
 * it would be longer than `most`.
 */
export function replacePattern(
  pattern: Pattern,
  value: string,
  replacement: string,
  all: boolean,
  most: number,
): string | null {
  const points = toPoints(value);
  let result = "";
  let copied = 0;
  let search = 0;
  while (search <= points.length) {
    let start = search;
    let end = -1;
    for (; start <= points.length; start++) {
      end = matchAt(pattern, points, start, true);
      if (end !== -1) break;
    }
    if (end === -1) break;
    result += toText(points.slice(copied, start));
    if (!all) return result + replacement + toText(points.slice(end));
    // an empty match right behind the last one does not count
    if (end > copied || start === 0) result += expandTemplate(replacement, toText(points.slice(start, end)));
    if (result.length > most) return null;
    copied = end;
    search = Math.max(search + 1, end);
  }
  return result + toText(points.slice(copied));
}

/** Go's regexp template: `$0` is the match, other names are empty, `$$` is a dollar sign. */
function expandTemplate(template: string, match: string): string {
  return template.replace(/\$(\$|\{(\w+)\}|(\w+))/g, (_, all: string, braced?: string, plain?: string) => {
    if (all === "$") return "$";
    return (braced ?? plain) === "0" ? match : "";
  });
}

function toPoints(text: string): number[] {
  return Array.from(text, (point) => point.codePointAt(0) as number);
}

function toText(points: readonly number[]): string {
  let text = "";
  for (const point of points) text += String.fromCodePoint(point);
  return text;
}
