import type { TextEdit } from "../../text";
import type { Argument } from "../types";
import { type Context, type FieldSpec, field, type Refused, write } from "./context";
import type { Pair } from "./types";
import { startOfWords } from "./words";

/** `NAME=value` pairs; `optional` where a name alone is one too. Quotes are shown only where they matter. */
export function pairsField(optional: boolean, label: string, what: string): FieldSpec {
  return field<"pairs">(
    (context) => ({ kind: "pairs", id: "pairs", label, optional, value: readPairs(context, optional) }),
    (context, pairs) => writePairs(context, pairs, optional, what),
  );
}

function readPairs({ node }: Context, optional: boolean): Pair[] {
  const [name, value] = node.args;
  if (isOldForm(node.args, optional)) return [{ name: name!.value, value: value?.value ?? "" }];
  return node.args.map((argument) => readPair(argument));
}

/** `ENV NAME the rest of the line`. */
const isOldForm = (args: readonly Argument[], optional: boolean) =>
  !optional && args.length > 0 && args.length <= 2 && !args[0]!.value.includes("=");

function readPair({ value }: Argument): Pair {
  const equals = value.indexOf("=");
  if (equals === -1) return { name: value, value: null };
  return { name: unquote(value.slice(0, equals)), value: unquote(value.slice(equals + 1)) };
}

/** Without the quotes around it, where it says the same with double ones. */
const unquote = (word: string) =>
  /^"([^"\\]*)"$/.exec(word)?.[1] ?? /^'([^'"\\$]*)'$/.exec(word)?.[1] ?? word;

/** In quotes where it would fall apart; what has quotes or escapes of its own is taken as written. */
const quote = (word: string) => (/\s/.test(word) && !/["'\\]/.test(word) ? `"${word}"` : word);

const wordOf = ({ name, value }: Pair) => quote(name) + (value === null ? "" : `=${quote(value)}`);

function writePairs(
  context: Context,
  pairs: readonly Pair[],
  optional: boolean,
  what: string,
): TextEdit[] | Refused {
  if (pairs.length === 0) return { reason: `Say at least one ${what}.` };
  const nameless = pairs.find(({ name }) => name === "" || /[=\r\n]/.test(name));
  if (nameless) return { reason: nameless.name === "" ? `Say what it is called.` : "A name has no = in it." };
  if (!optional && pairs.some(({ value }) => value === null)) return { reason: "Say what it is worth." };
  if (pairs.some(({ value }) => value !== null && /[\r\n]/.test(value))) {
    return { reason: "A value cannot have a line break in it." };
  }
  const { node } = context;
  const { args } = node;
  if (args.length === 0 || isOldForm(args, optional)) {
    const range = { start: startOfWords(context, 0), end: node.range.end };
    return [write(context, range, pairs.map(wordOf).join(" "))];
  }
  const same = (argument: Argument | undefined, pair: Pair | undefined) => {
    if (!argument || !pair) return false;
    const old = readPair(argument);
    return old.name === pair.name && old.value === pair.value;
  };
  const shorter = Math.min(args.length, pairs.length);
  let before = 0;
  while (before < shorter && same(args[before], pairs[before])) before++;
  let behind = 0;
  while (behind < shorter - before && same(args.at(-1 - behind), pairs.at(-1 - behind))) behind++;
  const changed = args.slice(before, args.length - behind);
  const wanted = pairs.slice(before, pairs.length - behind).map(wordOf);
  const both = Math.min(changed.length, wanted.length);
  const edits: TextEdit[] = changed.slice(0, both).map(({ range }, at) => ({ ...range, text: wanted[at]! }));
  const previous = args[before + both - 1];
  if (wanted.length > both) {
    const text = wanted.slice(both).join(" ");
    const at = previous?.range.end ?? args[0]!.range.start;
    edits.push({ start: at, end: at, text: previous ? ` ${text}` : `${text} ` });
  }
  if (changed.length > both) {
    const first = changed[both]!;
    const next = args[args.length - behind];
    edits.push({
      start: previous?.range.end ?? first.range.start,
      end: previous || !next ? changed.at(-1)!.range.end : next.range.start,
      text: "",
    });
  }
  return edits;
}
