import type { TextEdit } from "../../text";
import { writePaths } from "../edits/paths";
import type { Argument } from "../types";
import { type Context, write } from "./context";

/**
 * Makes the arguments from the `first` on these words, as a JSON array or one after another. What does not change keeps
 * its place, continuations and comments between included, where the form stays the same.
 */
export function writeWords(context: Context, words: readonly string[], json: boolean, first = 0): TextEdit[] {
  const { node } = context;
  const old = node.args.slice(first);
  if (old.length === 0 || words.length === 0 || json !== node.json) {
    const range = { start: startOfWords(context, first), end: node.range.end };
    return [write(context, range, words.length === 0 && !json ? "" : writePaths(words, json))];
  }
  const shorter = Math.min(old.length, words.length);
  let before = 0;
  while (before < shorter && old[before]!.value === words[before]) before++;
  let behind = 0;
  while (behind < shorter - before && old.at(-1 - behind)!.value === words.at(-1 - behind)) behind++;
  const changed = old.slice(before, old.length - behind);
  const wanted = words
    .slice(before, words.length - behind)
    .map((word) => (json ? JSON.stringify(word) : word));
  const both = Math.min(changed.length, wanted.length);
  const edits: TextEdit[] = changed.slice(0, both).map(({ range }, at) => ({ ...range, text: wanted[at]! }));
  if (wanted.length > both) edits.push(insertion(old, before + both, wanted.slice(both), json));
  if (changed.length > both) edits.push(removal(old, before + both, changed.length - both));
  return edits;
}

/** Where the arguments from the `first` on begin: at the first word, or at the bracket before it. */
export function startOfWords({ node, tree }: Context, first: number): number {
  const previous = node.args[first - 1];
  if (previous === undefined) return node.args.length === 0 ? node.range.end : node.argsRange.start;
  const [gap] = /^\s*/.exec(tree.source.slice(previous.range.end, node.range.end))!;
  return previous.range.end + gap.length;
}

function insertion(old: readonly Argument[], at: number, words: readonly string[], json: boolean): TextEdit {
  const between = json ? ", " : " ";
  const text = words.join(between);
  const previous = old[at - 1];
  if (previous) return { start: previous.range.end, end: previous.range.end, text: between + text };
  const { start } = old[at]!.range;
  return { start, end: start, text: text + between };
}

function removal(old: readonly Argument[], at: number, count: number): TextEdit {
  const previous = old[at - 1];
  const last = old[at + count - 1]!;
  if (previous) return { start: previous.range.end, end: last.range.end, text: "" };
  return { start: old[at]!.range.start, end: old[at + count]?.range.start ?? last.range.end, text: "" };
}
