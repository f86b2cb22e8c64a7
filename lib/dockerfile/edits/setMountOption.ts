import { diffToEdit, type TextEdit } from "../../text";
import { readCsv } from "../csv";
import { readMount } from "../mounts";
import type { InstructionNode } from "../node";
import type { Dockerfile, Flag } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { MISSING } from "./instructions";
import { checkField, mountsOf } from "./mounts";
import { writeFlag } from "./setFlag";
import { shapeOf } from "./shape";

/** Keys that mean the same (Dockerfile reference, RUN --mount). */
const SAME: readonly (readonly string[])[] = [
  ["source", "src"],
  ["target", "dst", "destination"],
  ["rw", "readwrite"],
  ["ro", "readonly"],
];

/** Writes, changes or (with null) takes away an option of the nth mount of a RUN; a value "" writes the key alone. */
export function setMountOption(
  tree: Dockerfile,
  edit: { stage: number; instruction: number; mount: number; option: string; value: string | null },
): Draft | Refusal {
  const node = tree.stages[edit.stage]?.instructions[edit.instruction] as InstructionNode | undefined;
  if (node === undefined) return refuse(MISSING);
  const index = node.keyword === "RUN" ? mountsOf(node)[edit.mount] : undefined;
  if (index === undefined) return refuse("There is no such mount.");
  if (edit.option === "from") {
    return refuse("The source of a mount is changed by pointing it somewhere else.");
  }
  const flag = node.flags[index] as Flag;
  const keys = SAME.find((group) => group.includes(edit.option)) ?? [edit.option];
  const before = fieldsOf(flag.value ?? "");
  if (before === null) return refuse("This mount cannot be read; change it in the text.");
  const after = changed(before, keys, edit.option, edit.value);
  const complaint = after.map(checkField).find((reason) => reason !== null);
  if (complaint) return refuse(complaint);
  if (after.length === 0) return refuse("Say what to mount, and where.");
  const written = writeValue(tree, flag, after);
  if ("reason" in written) return written;
  return {
    edits: written,
    notes: [],
    expected: {
      shape: shapeOf(tree),
      test: (tree) => {
        const now = tree.stages[edit.stage]?.instructions[edit.instruction]?.flags[index]?.value ?? "";
        const same = fieldsOf(now)?.join("\n") === after.join("\n");
        return same ? null : "the mount would not read as meant";
      },
    },
    select: { stage: edit.stage, instruction: edit.instruction },
  };
}

/** The options of a mount as fields `key=value`; null where BuildKit could not read them. */
function fieldsOf(value: string): string[] | null {
  const fields = readCsv(value);
  return "error" in fields || "error" in readMount(value) ? null : fields.map(({ text }) => text);
}

/** Of several with the same meaning the last one counts: it is changed, and none stays when it is taken away. */
function changed(
  fields: readonly string[],
  keys: readonly string[],
  key: string,
  value: string | null,
): string[] {
  const keyOf = (field: string) => field.split("=", 1)[0]!.toLowerCase();
  const last = fields.findLastIndex((field) => keys.includes(keyOf(field)));
  if (value === null) return fields.filter((field) => !keys.includes(keyOf(field)));
  const write = (name: string) => (value === "" ? name : `${name}=${value}`);
  return last < 0
    ? [...fields, write(key)]
    : fields.map((field, at) => (at === last ? write(field.split("=", 1)[0]!) : field));
}

/** The value anew; of one that is written without quotes or line breaks, only the part that differs. */
function writeValue(tree: Dockerfile, flag: Flag, fields: readonly string[]): TextEdit[] | Refusal {
  const value = fields
    .map((field) => (/[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(",");
  const word = writeFlag(tree, "mount", value);
  if (typeof word !== "string") return word;
  const range = flag.valueRange;
  const plain =
    range !== null &&
    tree.source.slice(range.start, range.end) === flag.value &&
    tree.source.slice(flag.range.start, flag.range.end) === `--mount=${flag.value}` &&
    word === `--mount=${value}`;
  if (!plain) return [{ ...flag.range, text: word }];
  const difference = diffToEdit(flag.value ?? "", value);
  if (difference === null) return [];
  const { start, end, text } = difference;
  return [{ start: range.start + start, end: range.start + end, text }];
}
