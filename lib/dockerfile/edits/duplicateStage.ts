import { applyEdits, normaliseEdits } from "../../text";
import type { Dockerfile, Instruction } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { blockOf, linesOf, stageGap } from "./layout";
import { checkName } from "./names";
import { nameEdit } from "./renameStage";
import { renumber, splitByRange } from "./renumber";
import { type StageShape, shapeOf } from "./shape";

/** Writes a stage once more, under another name, right behind itself. */
export function duplicateStage(tree: Dockerfile, edit: { stage: number; name: string }): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  if (stage === undefined) return refuse("There is no such stage.");
  const checked = checkName(tree, edit.name, null, stage.index + 1);
  if ("reason" in checked) return checked;
  const own = nameEdit(tree, stage, checked.name);
  if ("reason" in own) return own;
  const notes: string[] = [];
  const block = blockOf(tree, stage);
  const { start } = linesOf(tree, stage.instructions[0] as Instruction);
  const from = start === 0 && tree.source.charCodeAt(0) === 0xfeff ? 1 : start;
  const numbers = renumber(tree, (index) => (index > stage.index ? index + 1 : index), notes);
  const inner = splitByRange([...numbers, own], from, block.end).inside;
  const text = applyEdits(tree.source.slice(from, block.end), normaliseEdits(inner));
  const shape = shapeOf(tree);
  shape.splice(stage.index + 1, 0, { ...(shape[stage.index] as StageShape), id: "new", name: checked.name });
  if (stage.index === tree.stages.length - 1) {
    notes.push("The copy is now the last stage, which is what a build without a target builds.");
  }
  return {
    edits: [...numbers, { start: block.end, end: block.end, text: stageGap(tree, stage.index) + text }],
    notes,
    expected: { shape },
    select: { stage: stage.index + 1 },
  };
}
