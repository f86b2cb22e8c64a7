import type { TextEdit } from "../../text";
import type { InstructionNode } from "../node";
import type { Dockerfile, Flag } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { removeFlag } from "./flag";
import { MISSING } from "./instructions";
import { shapeOf } from "./shape";

/** Flags that say where something comes from; other edits know more of them. */
const REFERENCES: Record<string, string> = {
  from: "The source of a COPY is changed by pointing it somewhere else.",
  mount: "An instruction can have several mounts; add or remove one instead.",
};

/** Writes, changes or (with null) takes away a flag of an instruction. */
export function setFlag(
  tree: Dockerfile,
  edit: { stage: number; instruction: number; flag: string; value: string | null; nth?: number },
): Draft | Refusal {
  const node = tree.stages[edit.stage]?.instructions[edit.instruction] as InstructionNode | undefined;
  if (node === undefined) return refuse(MISSING);
  if (!/^[a-z][a-z0-9-]*$/.test(edit.flag)) return refuse(`"${edit.flag}" is no name of a flag.`);
  const other = REFERENCES[edit.flag];
  if (other !== undefined) return refuse(other);
  if (node.trigger !== null) return refuse("What ONBUILD holds back is changed in the text.");
  const nth = edit.nth ?? 0;
  const indexes = node.flags.flatMap((flag, index) => (flag.name === edit.flag ? [index] : []));
  if (!Number.isInteger(nth) || nth < 0 || nth > indexes.length)
    return refuse(`There is no such --${edit.flag}.`);
  const done = (edits: TextEdit[]): Draft => ({
    edits,
    notes: [],
    expected: {
      shape: shapeOf(tree),
      test: (after) => {
        const flags = after.stages[edit.stage]?.instructions[edit.instruction]?.flags.filter(
          named(edit.flag),
        );
        const flag = flags?.[nth];
        const right =
          edit.value === null
            ? flags?.length === (indexes.length > nth ? indexes.length - 1 : indexes.length)
            : flag !== undefined && (flag.value ?? "") === edit.value;
        return right ? null : `--${edit.flag} would not read as meant`;
      },
    },
    select: { stage: edit.stage, instruction: edit.instruction },
  });
  const index = indexes[nth] ?? -1;
  const flag = node.flags[index];
  if (edit.value === null) return done(flag === undefined ? [] : [removeFlag(tree, node, index)]);
  if (flag !== undefined && (flag.value ?? "") === edit.value) return done([]);
  const word = writeFlag(tree, edit.flag, edit.value);
  if (typeof word !== "string") return word;
  if (flag !== undefined) return done([{ ...flag.range, text: word }]);
  const behind = node.flags[indexes.at(-1) ?? -1];
  return done([behind === undefined ? insertFlag(node, word) : { ...endOf(behind), text: ` ${word}` }]);
}

const endOf = ({ range: { end } }: Flag) => ({ start: end, end });

/** A flag behind those an instruction has, before its arguments. */
export function insertFlag(node: InstructionNode, word: string): TextEdit {
  const last = node.flags[node.flags.length - 1];
  const at = last?.range.end ?? node.keywordRange.end;
  return { start: at, end: at, text: ` ${word}` };
}

/** A flag as a word; quoted where a space would end it. */
export function writeFlag(tree: Dockerfile, name: string, value: string): string | Refusal {
  if (value === "") return `--${name}`;
  if (/[\r\n]/.test(value)) return refuse("A flag cannot have a line break in it.");
  if (/["']/.test(value) && /\s/.test(value)) return refuse(`The value of --${name} cannot be quoted here.`);
  if (value.includes(tree.escape)) return refuse(`"${tree.escape}" escapes what follows it here.`);
  if (/["']/.test(value)) {
    const mark = value.includes('"') ? "'" : '"';
    return value.includes(mark)
      ? refuse(`The value of --${name} cannot be quoted here.`)
      : `--${name}=${mark}${value}${mark}`;
  }
  return /\s/.test(value) ? `--${name}="${value}"` : `--${name}=${value}`;
}

function named(name: string): (flag: Flag) => boolean {
  return (flag) => flag.name === name;
}
