import type { InstructionNode } from "../node";
import type { Dockerfile } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { removeFlag } from "./flag";
import { MISSING } from "./instructions";
import { insertFlag, writeFlag } from "./setFlag";
import { idOf, keyOf, type StageShape, shapeOf, sourceKey } from "./shape";
import { writeSource } from "./sources";
import type { Source } from "./types";

/** BuildKit looks at the type only once it builds. */
const TYPES = new Set(["bind", "cache", "tmpfs", "secret", "ssh"]);

/** Gives a RUN another mount, behind its flags. */
export function addMount(
  tree: Dockerfile,
  edit: {
    stage: number;
    instruction: number;
    options: [string, string | null][];
    from?: Source | undefined;
  },
): Draft | Refusal {
  const node = tree.stages[edit.stage]?.instructions[edit.instruction] as InstructionNode | undefined;
  if (node === undefined) return refuse(MISSING);
  if (node.keyword !== "RUN") return refuse("Only RUN can have a mount.");
  const shape = shapeOf(tree);
  const options = [...edit.options];
  const written = edit.from === undefined ? null : writeSource(tree, edit.stage, "mount", edit.from);
  if (written !== null && "reason" in written) return written;
  if (written !== null && edit.from !== undefined) {
    // In the place that is kept for it, or right behind the type, as people write it.
    const kept = options.findIndex(([key]) => key === "from");
    const type = options.findLastIndex(([key]) => key.toLowerCase() === "type");
    const at = kept >= 0 ? kept : type < 0 ? options.length : type + 1;
    options.splice(at, kept >= 0 ? 1 : 0, ["from", written.word]);
    const { from } = edit;
    const target =
      from.kind === "stage" ? idOf(from.index) : from.ref === "scratch" ? "scratch" : `image ${from.ref}`;
    const own = shape[edit.stage] as StageShape;
    own.uses.push(sourceKey("mount", target));
    own.uses.sort();
    if (written.named !== undefined) (shape[written.named.index] as StageShape).name = written.named.name;
  } else if (options.some(([key]) => key.toLowerCase() === "from")) {
    return refuse("Say the stage or image that the mount takes its files from as its source.");
  }
  if (options.length === 0) return refuse("Say what to mount, and where.");
  const type = options.findLast(([key]) => key.toLowerCase() === "type")?.[1];
  if (type && !type.includes("$") && !TYPES.has(type)) {
    return refuse(`A mount's type is one of ${[...TYPES].join(", ")}, not "${type}".`);
  }
  const fields: string[] = [];
  for (const [key, value] of options) {
    if (key === "" || /[=,"'\s]/.test(key)) return refuse(`"${key}" is no option of a mount.`);
    const field = value === null ? key : `${key}=${value}`;
    const complaint = checkField(field);
    if (complaint !== null) return refuse(complaint);
    fields.push(field.includes(",") ? `"${field}"` : field);
  }
  const word = writeFlag(tree, "mount", fields.join(","));
  if (typeof word !== "string") return word;
  return {
    edits: [...(written?.edits ?? []), insertFlag(node, word)],
    notes: written?.notes ?? [],
    expected: { shape, test: countMounts(edit, mountsOf(node).length + 1) },
    select: { stage: edit.stage, instruction: edit.instruction },
  };
}

/** Takes the nth mount away from a RUN. */
export function removeMount(
  tree: Dockerfile,
  edit: { stage: number; instruction: number; mount: number },
): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  const node = stage?.instructions[edit.instruction] as InstructionNode | undefined;
  if (stage === undefined || node === undefined) return refuse(MISSING);
  const mounts = node.keyword === "RUN" ? mountsOf(node) : [];
  const flag = mounts[edit.mount];
  if (flag === undefined) return refuse("There is no such mount.");
  const shape = shapeOf(tree);
  const notes: string[] = [];
  const reference = stage.mounts.find((each) => each.instruction === node && each.flag === flag);
  if (reference !== undefined) {
    const own = shape[stage.index] as StageShape;
    const ids = tree.stages.map((each) => idOf(each.index));
    own.uses.splice(own.uses.indexOf(sourceKey("mount", keyOf(reference.target, ids))), 1);
    notes.push(
      `The command no longer sees files of ${reference.raw} at ${reference.destination || "its mount"}.`,
    );
  }
  return {
    edits: [removeFlag(tree, node, flag)],
    notes,
    expected: { shape, test: countMounts(edit, mounts.length - 1) },
    select: { stage: edit.stage, instruction: edit.instruction },
  };
}

/** Why an option, as `key=value`, cannot be written; null where it can. */
export function checkField(field: string): string | null {
  return /["\r\n]/.test(field) ? `"${field}" cannot be written in a mount.` : null;
}

/** Which of a RUN's flags are mounts. */
export function mountsOf(node: InstructionNode): number[] {
  return node.flags.flatMap(({ name }, index) => (name === "mount" ? [index] : []));
}

function countMounts(place: { stage: number; instruction: number }, count: number) {
  return (after: Dockerfile) => {
    const node = after.stages[place.stage]?.instructions[place.instruction] as InstructionNode | undefined;
    return node !== undefined && mountsOf(node).length === count
      ? null
      : "the mounts would not be those that are meant";
  };
}
