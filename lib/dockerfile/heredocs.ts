import { expand, type Variables } from "./shell";

/** `<<NAME` as a word says it. */
export interface HeredocMark {
  name: string;
  expand: boolean;
  chomp: boolean;
  fileDescriptor: number;
}

/** BuildKit's reHeredoc; Go's `\s` has no vertical tab. */
const HEREDOC = /^(\d*)<<(-?)[\t\n\f\r ]*([^<]*)$/;
const NO_VARIABLES: Variables = new Map();

/**
 * The heredocs that a joined line opens (parser/parser.go, heredocsFromLine). The escape token is always `\` here, and
 * a line whose quotes do not close opens none.
 */
export function heredocsOfLine(line: string): HeredocMark[] | { error: string } {
  const split = expand(line, NO_VARIABLES, {
    escape: "\\",
    rawQuotes: true,
    rawEscapes: true,
    skipUnset: true,
  });
  if (!split.ok) return [];
  const marks: HeredocMark[] = [];
  for (const word of split.words) {
    const mark = readHeredoc(word);
    if (mark === null) continue;
    if ("error" in mark) return mark;
    marks.push(mark);
  }
  return marks;
}

/** Whether an argument is a heredoc rather than a path. */
export function isHeredoc(word: string): boolean {
  if (!word.includes("<<")) return false;
  const mark = readHeredoc(word);
  return mark !== null && !("error" in mark);
}

/** The heredoc a word is, or null (parser/parser.go, ParseHeredoc). */
export function readHeredoc(word: string): HeredocMark | { error: string } | null {
  const [, digits, dash, rest] = HEREDOC.exec(word) ?? [];
  if (!rest) return null;
  const plain = expand(rest, NO_VARIABLES, { escape: "\\", skipUnset: true });
  if (!plain.ok) return { error: plain.error };
  if (plain.words.length !== 1) return null;
  const raw = expand(rest, NO_VARIABLES, { escape: "\\", skipUnset: true, rawQuotes: true });
  if (!raw.ok) return { error: raw.error };
  if (raw.words.length !== 1) {
    return { error: `internal lexing of heredoc produced inconsistent results: ${rest}` };
  }
  const name = plain.words[0] as string;
  return {
    name,
    expand: countQuotes(name) === countQuotes(raw.words[0] as string),
    chomp: dash === "-",
    fileDescriptor: Number(digits),
  };
}

function countQuotes(text: string): number {
  return text.replace(/[^'"]/g, "").length;
}
