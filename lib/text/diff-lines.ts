import { alignLists } from "./align";
import type { TextEdit } from "./edits";

/** Edits of whole lines that make `after` of `before`, sorted and disjoint; none where the two are equal. */
export function diffLines(before: string, after: string): TextEdit[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const edits: TextEdit[] = [];
  let start = 0; // of what is not dealt with in `before`
  let end = 0;
  let text = "";
  const close = () => {
    if (end > start || text !== "") edits.push({ start, end, text });
    text = "";
  };
  for (const [i, j] of alignLists(old, now)) {
    if (i !== null && j !== null) {
      close();
      end += old[i]!.length;
      start = end;
    } else if (i !== null) end += old[i]!.length;
    else text += now[j!]!;
  }
  close();
  return edits;
}

/** With the break that ends each. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
