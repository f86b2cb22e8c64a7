import { CR, SPACE, skipSpace, TAB } from "./characters";
import type { Directive } from "./types";

const NAMES = new Set(["syntax", "escape", "check"]);

/**
 * Reads parser directives off the top of a file, as long as there are any (parser/directives.go, DirectiveParser).
 * The first line that is none ends them.
 */
export class DirectiveReader {
  done = false;
  readonly #seen = new Set<string>();

  /**
   * @param start where the line's text begins, spaces before it left out
   * @returns null where the line is no directive
   */
  read(text: string, start: number, end: number, line: number): Directive | { error: string } | null {
    if (this.done) return null;
    const found = matchDirective(text, start, end, "#");
    if (found === null) {
      this.done = true;
      return null;
    }
    if (this.#seen.has(found.name)) return { error: `only one ${found.name} parser directive can be used` };
    this.#seen.add(found.name);
    return { ...found, line };
  }
}

/** `# name = value` between two offsets, for the names BuildKit knows. */
export function matchDirective(
  text: string,
  start: number,
  end: number,
  mark: string,
): Omit<Directive, "line"> | null {
  if (!text.startsWith(mark, start) || start + mark.length > end) return null;
  const nameStart = skipSpace(text, start + mark.length, end);
  let at = nameStart;
  while (at < end && isNameCode(text.charCodeAt(at), at > nameStart)) at++;
  const nameEnd = at;
  const name = text.slice(nameStart, nameEnd).toLowerCase();
  while (at < end && isRegexpSpace(text.charCodeAt(at))) at++;
  if (text.charAt(at) !== "=" || at >= end || !NAMES.has(name)) return null;
  at++;
  const afterEquals = at;
  while (at < end && isRegexpSpace(text.charCodeAt(at))) at++;
  let valueEnd = end;
  while (valueEnd > at && isRegexpSpace(text.charCodeAt(valueEnd - 1))) valueEnd--;
  if (at === end) {
    // A value must be at least one character; of nothing but spaces the last one serves.
    if (afterEquals === end) return null;
    at = end - 1;
    valueEnd = end;
  }
  return {
    name,
    value: text.slice(at, valueEnd),
    range: { start, end: valueEnd },
    nameRange: { start: nameStart, end: nameEnd },
    valueRange: { start: at, end: valueEnd },
  };
}

function isNameCode(code: number, digits: boolean): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (digits && code >= 0x30 && code <= 0x39);
}

/** `\s` of Go's regexp: no vertical tab, nothing beyond ASCII. */
function isRegexpSpace(code: number): boolean {
  return code === SPACE || code === TAB || code === 0x0c || code === CR;
}
