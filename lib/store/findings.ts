/** What checks find, following its words while one types and worked out anew once the hands rest. */
import { evaluationOf } from "../build/evaluation";
import type { Diagnostic } from "../dockerfile";
import { findingsOf } from "../dockerfile/service/findings";
import { OffsetMap, type TextEdit } from "../text";
import type { GetStore, SetStore } from "./document-store";

/** Checks of a large file cost more than a keystroke may, in milliseconds. */
const REST = 200;

export function createFindings(set: SetStore, get: GetStore) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const check = () => {
    clearTimeout(timer);
    const { tree, options } = get();
    set({ findings: [...findingsOf(tree, evaluationOf(options)), ...get().previewCopies()] });
  };
  return {
    /** Works them out now: what they depend on beside the text has changed. */
    check,
    /** After the text changed by `edits`: the findings of before, where their words are now. */
    follow(edits: readonly TextEdit[]): readonly Diagnostic[] {
      clearTimeout(timer);
      timer = setTimeout(check, REST);
      const map = new OffsetMap(edits);
      const before = get().findings;
      const after = before.map((finding) => {
        const start = map.at(finding.range.start, 1);
        const end = Math.max(start, map.at(finding.range.end));
        const stays = start === finding.range.start && end === finding.range.end;
        return stays ? finding : { ...finding, range: { start, end } };
      });
      return after.some((finding, at) => finding !== before[at]) ? after : before;
    },
  };
}
