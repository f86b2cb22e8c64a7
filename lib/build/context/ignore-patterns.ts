/**
 * Which paths a list of patterns takes: the rules of `.dockerignore` and of the filters that BuildKit sends.
 * After moby/patternmatcher, including what it does to parents, `**` and exceptions (`!`).
 */

type Match = (path: string) => boolean;

interface Pattern {
  /** Begins with `!`: takes back what an earlier pattern took. */
  exception: boolean;
  text: string;
  matches: Match;
}

/** Per pattern, whether it matched a directory. Its children are matched too, without asking again. */
export type ParentMatches = readonly boolean[];

export class InvalidPatternError extends Error {
  constructor(readonly pattern: string) {
    super(`The ignore pattern “${pattern}” is not valid.`);
    this.name = "InvalidPatternError";
  }
}

export class PatternMatcher {
  private readonly patterns: Pattern[] = [];

  constructor(patterns: readonly string[]) {
    for (const raw of patterns) {
      const trimmed = raw.trim();
      if (trimmed === "") continue;
      let text = cleanPath(trimmed);
      const exception = text.startsWith("!");
      if (exception) text = text.slice(1);
      if (text === "") throw new InvalidPatternError(raw);
      this.patterns.push({ exception, text, matches: compile(text, raw) });
    }
  }

  get empty(): boolean {
    return this.patterns.length === 0;
  }

  /** Whether the path itself is matched, given what its directory matched (null at the root). */
  match(path: string, parent: ParentMatches | null): { matched: boolean; matches: ParentMatches } {
    let matched = false;
    const matches = this.patterns.map((pattern, index) => {
      let match = parent?.[index] ?? false;
      if (!match) {
        if (pattern.exception !== matched) return false;
        match = pattern.matches(path) || (parent === null && matchesParent(pattern, path));
      }
      if (match) matched = !pattern.exception;
      return match;
    });
    return { matched, matches };
  }

  /** False where nothing below `directory` can be taken by a pattern: it need not be walked. */
  mayMatchBelow(directory: string): boolean {
    return this.mayReachBelow(directory, false);
  }

  /** False where no exception can take back anything below an ignored `directory`. */
  mayExceptBelow(directory: string): boolean {
    return this.mayReachBelow(directory, true);
  }

  private mayReachBelow(directory: string, exception: boolean): boolean {
    return this.patterns.some((pattern) => {
      if (pattern.exception !== exception) return false;
      const literal = withoutTrailingGlob(pattern.text);
      return /[*[\]?^\\]/.test(literal) || `${literal}/`.startsWith(`${directory}/`);
    });
  }
}

function matchesParent(pattern: Pattern, path: string): boolean {
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    if (pattern.matches(path.slice(0, slash))) return true;
  }
  return false;
}

function withoutTrailingGlob(text: string): string {
  return text.replace(/\/\*\*$/, "").replace(/\/\*$/, "");
}

/** Go's filepath.Clean for slash-separated paths. */
export function cleanPath(path: string): string {
  const rooted = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts[parts.length - 1] !== "..") parts.pop();
    else if (!rooted) parts.push("..");
  }
  const joined = parts.join("/");
  return rooted ? `/${joined}` : joined || ".";
}

/** One path element's glob (Go's filepath.Match): `*`, `?`, classes and backslashes; no `**`. */
export function compileGlob(glob: string): Match {
  const regExp = toRegExp(glob, false);
  return (path) => regExp.test(path);
}

function compile(text: string, raw: string): Match {
  // Without a wildcard behind them, leading stars compare ends: `**foo` takes `a/xfoo`, as in moby.
  if (text.startsWith("**") && !/[*?[\]\\]/.test(text.slice(2))) {
    const suffix = text.slice(2);
    return (path) => path.endsWith(suffix) || `/${path}` === suffix;
  }
  try {
    const regExp = toRegExp(text, true);
    return (path) => regExp.test(path);
  } catch {
    throw new InvalidPatternError(raw);
  }
}

function toRegExp(text: string, doubleStars: boolean): RegExp {
  let source = "^";
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (character === "*" && doubleStars && text[index + 1] === "*") {
      index++;
      if (text[index + 1] === "/") index++;
      source += index + 1 === text.length ? "[^]*" : "(?:[^]*/)?";
    } else if (character === "*") source += "[^/]*";
    else if (character === "?") source += "[^/]";
    else if (character === "\\") {
      index++;
      source += escapeRegExp(text[index] ?? "\\");
    } else if (character === "[") {
      const end = classEnd(text, index);
      source += text.slice(index, end + 1);
      index = end;
    } else source += escapeRegExp(character);
  }
  return new RegExp(`${source}$`);
}

function classEnd(text: string, start: number): number {
  // As in Go, a bracket right at the start of a class closes nothing but is no member either.
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === "]" && index > start + 1) return index;
  }
  throw new SyntaxError("syntax error in pattern");
}

function escapeRegExp(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
