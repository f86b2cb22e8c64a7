/** What checks find, following its words while one types and worked out anew once the hands rest. */
import { evaluationOf } from "../build/evaluation";
import type { Diagnostic, Dockerfile } from "../dockerfile";
import { findingsOf, noteFindings } from "../dockerfile/service/findings";
import { OffsetMap, type TextEdit } from "../text";
import type { GetStore, SetStore } from "./document-store";
import type { TextSlice } from "./types";
import type { BuildOptions } from "./wire";

/** Checks a text in another thread. Rejects where there is none. */
export type CheckElsewhere = (text: string, options: BuildOptions) => Promise<readonly Diagnostic[]>;

/** Checks of a large file cost more than a keystroke may, in milliseconds. */
const REST = 200;
/** Instructions; with as many, checking takes longer than one may wait for a key. */
const MANY = 300;

export function createFindings(set: SetStore, get: GetStore, elsewhere: CheckElsewhere | undefined) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (found: readonly Diagnostic[]) =>
    set({ findings: [...found, ...get().previewCopies()], checked: true });
  const isLarge = (tree: Dockerfile) => tree.instructions.length >= MANY;

  const askElsewhere = async (ask: CheckElsewhere) => {
    const { tree, options } = get();
    const found = await ask(tree.source, options).catch(() => null);
    // Another text is asked about by itself.
    if (get().tree !== tree || get().options !== options) return;
    if (found) noteFindings(tree, evaluationOf(options), found);
    say(findingsOf(tree, evaluationOf(options)));
  };
  const check = () => {
    clearTimeout(timer);
    const { tree, options } = get();
    if (elsewhere && isLarge(tree)) void askElsewhere(elsewhere);
    else say(findingsOf(tree, evaluationOf(options)));
  };
  const checkSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(check, REST);
  };
  return {
    /** Works them out now: what they depend on beside the text has changed. */
    check,
    /** Of the text that the store begins with; of a large one none yet. */
    first(tree: Dockerfile, options: BuildOptions): Pick<TextSlice, "findings" | "checked"> {
      if (!elsewhere || !isLarge(tree))
        return { findings: findingsOf(tree, evaluationOf(options)), checked: true };
      checkSoon();
      return { findings: [], checked: false };
    },
    /** After the text changed by `edits`: the findings of before, where their words are now. */
    follow(edits: readonly TextEdit[]): readonly Diagnostic[] {
      checkSoon();
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
