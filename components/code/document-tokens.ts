/** Coloured words of a parsed Dockerfile, line by line: Monaco and the light view colour the same words alike. */
import type { Dockerfile, Token } from "@/lib/dockerfile";
import { tokenize } from "@/lib/dockerfile/tokens";

export interface LineToken {
  /** Class that colours it; words in the text's own colour are not listed. */
  kind: ColouredKind;
  /** 1-based. */
  line: number;
  /** 1-based columns, the end exclusive. */
  from: number;
  to: number;
}

const COLOURED = {
  keyword: "keyword",
  flagName: "flag",
  stageName: "stage",
  image: "image",
  variable: "variable",
  string: "string",
  comment: "comment",
  directive: "directive",
  heredocMarker: "heredoc",
  escape: "escape",
} as const satisfies Partial<Record<Token["kind"], string>>;

export type ColouredKind = (typeof COLOURED)[keyof typeof COLOURED];

/** Longer lines are cut by the editor; what lies beyond is not worth a colour. */
const LAST_COLUMN = 10_000;

/** Coloured words from the first line to the last, both included; a word over several lines comes once for each. */
export function colouredWords(tree: Dockerfile, first: number, last: number): LineToken[] {
  const { lines } = tree;
  const start = lines.lineStart(first);
  const end = lines.lineEnd(last);
  // Of a long text only what is asked for: this is done at every key.
  const tokens = tokenize(tree, { start, end });
  const words: LineToken[] = [];
  for (let i = firstEndingAfter(tokens, start); i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.start > end) break;
    const kind = (COLOURED as Partial<Record<Token["kind"], ColouredKind>>)[token.kind];
    if (!kind) continue;
    const lastLine = Math.min(last, lines.lineAt(Math.max(token.start, token.end - 1)));
    for (let line = Math.max(first, lines.lineAt(token.start)); line <= lastLine; line++) {
      const lineStart = lines.lineStart(line);
      const from = Math.max(token.start, lineStart) - lineStart + 1;
      const to = Math.min(token.end, lines.lineEnd(line)) - lineStart + 1;
      if (to > from && from < LAST_COLUMN) words.push({ kind, line, from, to });
    }
  }
  return words;
}

function firstEndingAfter(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.end > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
