/** What edits do to a text, as lines: those that go, those that come, and one of those that stay at either side. */
import { applyEdits, LineIndex, type TextEdit } from "@/lib/text";

export interface DifferenceLine {
  kind: "gone" | "new" | "same" | "gap";
  /** 1-based, of the text that the line is in; 0 of a gap. */
  line: number;
  text: string;
}

/**
 * @param edits sorted and disjoint, into `before`
 * @param around lines that are shown at either side of what differs
 */
export function textDifference(before: string, edits: readonly TextEdit[], around = 1): DifferenceLine[] {
  if (edits.length === 0) return [];
  const after = applyEdits(before, edits);
  const old = linesOf(before);
  const now = linesOf(after);
  const hunks = hunksOf(before, after, edits);
  const shown: DifferenceLine[] = [];
  let at = 0; // old lines that are dealt with
  let shift = 0;
  for (const [nth, { gone, come }] of hunks.entries()) {
    const from = Math.max(at, gone.from - around);
    if (from > at || (nth > 0 && from > at)) shown.push({ kind: "gap", line: 0, text: "" });
    for (let line = from; line < gone.from; line++) shown.push(same(line));
    for (let line = gone.from; line < gone.to; line++)
      shown.push({ kind: "gone", line: line + 1, text: old[line]! });
    for (let line = come.from; line < come.to; line++)
      shown.push({ kind: "new", line: line + 1, text: now[line]! });
    shift = come.to - gone.to;
    const next = hunks[nth + 1]?.gone.from ?? old.length;
    at = Math.min(next, gone.to + around);
    for (let line = gone.to; line < at; line++) shown.push(same(line));
  }
  if (at < old.length) shown.push({ kind: "gap", line: 0, text: "" });
  return shown;

  function same(line: number): DifferenceLine {
    return { kind: "same", line: line + shift + 1, text: old[line]! };
  }
}

interface Lines {
  from: number;
  to: number;
}

/** Whole lines that each run of edits takes and gives, without those at their ends that are equal. 0-based, half open. */
function hunksOf(before: string, after: string, edits: readonly TextEdit[]): { gone: Lines; come: Lines }[] {
  const old = new LineIndex(before);
  const now = new LineIndex(after);
  const oldLines = linesOf(before);
  const nowLines = linesOf(after);
  const hunks: { gone: Lines; come: Lines }[] = [];
  let shift = 0;
  for (const { start, end, text } of edits) {
    const gone = { from: old.lineAt(start) - 1, to: old.lineAt(end) };
    const come = { from: now.lineAt(start + shift) - 1, to: now.lineAt(start + shift + text.length) };
    shift += text.length - (end - start);
    const last = hunks.at(-1);
    if (last && gone.from < last.gone.to) {
      last.gone.to = gone.to;
      last.come.to = come.to;
    } else hunks.push({ gone, come });
  }
  for (const { gone, come } of hunks) {
    while (gone.to > gone.from && come.to > come.from && oldLines[gone.from] === nowLines[come.from]) {
      gone.from++;
      come.from++;
    }
    while (gone.to > gone.from && come.to > come.from && oldLines[gone.to - 1] === nowLines[come.to - 1]) {
      gone.to--;
      come.to--;
    }
  }
  return hunks.filter(({ gone, come }) => gone.to > gone.from || come.to > come.from);
}

/** Without an empty one behind the last line break. */
function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}
