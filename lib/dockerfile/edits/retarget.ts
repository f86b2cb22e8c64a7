import type { Dockerfile, Instruction, StageReference } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { ANY, idOf, keyOf, type StageShape, shapeOf, sourceKey } from "./shape";
import { writeSource } from "./sources";
import type { Source } from "./types";

/** Builds a stage on another stage or image. */
export function setBase(tree: Dockerfile, edit: { stage: number; base: Source }): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  if (stage === undefined) return refuse("There is no such stage.");
  if (stage.baseText === "") {
    if (edit.base.kind === "stage") return refuse("The FROM line of this stage names no image yet.");
  }
  return retarget(tree, stage.index, stage.base, edit.base);
}

/** Points one reference of an instruction at another stage or image. */
export function retargetReference(
  tree: Dockerfile,
  edit: { stage: number; instruction: number; reference: number; to: Source },
): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  const instruction = stage?.instructions[edit.instruction];
  if (stage === undefined || instruction === undefined) return refuse("There is no such instruction.");
  const reference = referencesOf(tree, instruction)[edit.reference];
  if (reference === undefined) return refuse("This instruction refers to no stage or image there.");
  return retarget(tree, stage.index, reference, edit.to, edit.instruction);
}

/** What an instruction refers to, in the order of the text. */
export function referencesOf(tree: Dockerfile, instruction: Instruction): StageReference[] {
  const stage = instruction.stage === null ? undefined : tree.stages[instruction.stage];
  if (stage === undefined) return [];
  return [stage.base, ...stage.copies, ...stage.mounts].filter((each) => each.instruction === instruction);
}

function retarget(
  tree: Dockerfile,
  user: number,
  reference: StageReference,
  to: Source,
  instruction?: number,
): Draft | Refusal {
  const { target, kind } = reference;
  const select = instruction === undefined ? { stage: user } : { stage: user, instruction };
  const shape = shapeOf(tree);
  const same =
    (to.kind === "stage" && target.kind === "stage" && target.index === to.index) ||
    (to.kind === "image" && target.kind === "image" && reference.raw === to.ref);
  if (same) return { edits: [], notes: [], expected: { shape }, select };
  const written = writeSource(tree, user, kind, to);
  if ("reason" in written) return written;
  const own = shape[user] as StageShape;
  const ids = tree.stages.map((stage) => idOf(stage.index));
  const key = to.kind === "stage" ? idOf(to.index) : to.ref === "scratch" ? "scratch" : `image ${to.ref}`;
  if (kind === "from") own.base = to.kind === "image" && to.ref.includes("$") ? ANY : key;
  else {
    own.uses.splice(own.uses.indexOf(sourceKey(kind, keyOf(target, ids))), 1, sourceKey(kind, key));
    own.uses.sort();
  }
  if (written.named !== undefined) (shape[written.named.index] as StageShape).name = written.named.name;
  return {
    edits: [...written.edits, { ...reference.range, text: written.word + reference.closing }],
    notes: written.notes,
    expected: { shape },
    select,
  };
}
