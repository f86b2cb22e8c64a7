import type { Dockerfile, Instruction } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { lineEnding } from "./layout";

/** Writes, changes or (with null) takes away a directive at the top of the file. */
export function setDirective(
  tree: Dockerfile,
  edit: { name: "syntax" | "escape" | "check"; value: string | null },
): Draft | Refusal {
  const { name } = edit;
  const value = edit.value?.trim() ?? null;
  if (value === "" || (value !== null && /[\r\n]/.test(value)))
    return refuse(`# ${name} needs a value on one line.`);
  if (name === "escape" && value !== null && value !== "\\" && value !== "`") {
    return refuse("The escape token is \\ or `.");
  }
  const token = name !== "escape" ? tree.escape : value === "`" ? "`" : "\\";
  const before = meaningOf(tree);
  const expected = {
    test: (after: Dockerfile) => {
      const found = after.directives.filter((each) => each.name === name);
      const reads = value === null ? found.length === 0 : found.length === 1 && found[0]?.value === value;
      if (!reads) return `# ${name} would not be read there`;
      if (after.escape === token && meaningOf(after) === before) return null;
      return "instructions would be read otherwise, as their lines are continued or escaped by that token";
    },
  };
  const known = tree.directives.find((each) => each.name === name);
  if (known !== undefined) {
    const start = tree.lines.lineStart(known.line);
    const from = start === 0 && tree.source.charCodeAt(0) === 0xfeff ? 1 : start;
    const next = tree.lines.lineStart(known.line + 1);
    const end = next > from ? next : tree.source.length;
    const edits = value === null ? [{ start: from, end, text: "" }] : [{ ...known.valueRange, text: value }];
    return { edits: known.value === value ? [] : edits, notes: [], expected };
  }
  if (value === null) return { edits: [], notes: [], expected };
  const last = name === "syntax" ? undefined : tree.directives[tree.directives.length - 1];
  const line = last === undefined ? 1 : last.line + 1;
  const open = last !== undefined && line > tree.lines.lineCount;
  const start = open ? tree.source.length : tree.lines.lineStart(line);
  const at = start === 0 && tree.source.charCodeAt(0) === 0xfeff ? 1 : start;
  const text = `# ${name}=${value}`;
  const ending = lineEnding(tree, at);
  return { edits: [{ start: at, end: at, text: open ? ending + text : text + ending }], notes: [], expected };
}

/** What the instructions say, wherever they stand. */
function meaningOf(tree: Dockerfile): string {
  return JSON.stringify(tree.instructions.map(wordsOf));
}

function wordsOf({ keyword, flags, args, json, heredocs }: Instruction): unknown {
  return [
    keyword,
    flags.map(({ name, value }) => [name, value]),
    args.map(({ value }) => value),
    json,
    heredocs.map(({ name, content }) => [name, content]),
  ];
}
