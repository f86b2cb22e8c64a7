import type { TextEdit } from "../../text";
import { fold, toLower } from "../characters";
import type { InstructionNode } from "../node";
import { triggerReferences } from "../triggers";
import type { Dockerfile, Stage, StageReference } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { keywordLike } from "./layout";
import { called, checkName, isNumber, nameForFiles, references } from "./names";
import { shapeOf } from "./shape";

/** Gives a stage a name, another name, or (with "") none. Whatever refers to it by name follows. */
export function renameStage(tree: Dockerfile, edit: { stage: number; name: string }): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  if (stage === undefined) return refuse("There is no such stage.");
  const byName = references(tree).filter(
    (each) => each.target.kind === "stage" && each.target.index === stage.index && !isNumber(each),
  );
  if (edit.name === "") return removeName(tree, stage, byName);
  const checked = checkName(tree, edit.name, stage.index, stage.index + 1);
  if ("reason" in checked) return checked;
  const { name } = checked;
  const notes: string[] = name === edit.name ? [] : [`Stage names are lower case: it is written "${name}".`];
  const shape = shapeOf(tree);
  (shape[stage.index] as { name: string | null }).name = name;
  if (stage.name === name && stage.nameRange !== null) {
    return { edits: [], notes, expected: { shape }, select: { stage: stage.index } };
  }
  const own = nameEdit(tree, stage, name);
  if ("reason" in own) return own;
  const edits: TextEdit[] = [own];
  for (const reference of [...byName, ...heldBack(tree, stage)]) {
    edits.push({ ...reference.range, text: name + reference.closing });
    if (reference.kind === "from" && reference.raw !== stage.name) {
      notes.push(
        `Line ${reference.instruction.startLine} named it through a variable and now names it directly.`,
      );
    }
  }
  return { edits, notes, expected: { shape }, select: { stage: stage.index } };
}

function removeName(tree: Dockerfile, stage: Stage, byName: readonly StageReference[]): Draft | Refusal {
  const user = byName[0];
  if (user !== undefined) {
    return refuse(
      `Line ${user.instruction.startLine} refers to ${called(stage)} by its name, so it has to keep one.`,
    );
  }
  const words = (stage.instructions[0] as InstructionNode).args;
  const shape = shapeOf(tree);
  (shape[stage.index] as { name: string | null }).name = null;
  const last = words[words.length - 1];
  const edits =
    words.length > 1 && last !== undefined
      ? [{ start: stage.baseRange.end, end: last.range.end, text: "" }]
      : [];
  return { edits, notes: [], expected: { shape }, select: { stage: stage.index } };
}

/** The edit that writes a stage's name behind its AS. */
export function nameEdit(tree: Dockerfile, stage: Stage, name: string): TextEdit | Refusal {
  const node = stage.instructions[0] as InstructionNode;
  const words = node.args;
  const [image, as, old] = words;
  if (image === undefined) return refuse("The FROM line of this stage names no image yet.");
  if (as === undefined) {
    return {
      start: image.range.end,
      end: image.range.end,
      text: ` ${keywordLike(node, tree, "AS")} ${name}`,
    };
  }
  if (words.length > 3 || fold(as.value) !== "as")
    return refuse(`Line ${node.startLine} is not a complete FROM yet.`);
  return old === undefined
    ? { start: as.range.end, end: as.range.end, text: ` ${name}` }
    : { start: old.range.start, end: old.range.end, text: name };
}

/** What ONBUILD instructions hold back under the stage's name; a stage built on theirs will look for it. */
function heldBack(tree: Dockerfile, stage: Stage): StageReference[] {
  const name = nameForFiles(tree, stage.index);
  if (name === null) return [];
  const found: StageReference[] = [];
  for (const { trigger } of tree.instructions as InstructionNode[]) {
    if (trigger === null) continue;
    found.push(...triggerReferences(trigger).filter((each) => toLower(each.raw) === name));
  }
  return found;
}
