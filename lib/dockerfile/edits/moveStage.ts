import { applyEdits, normaliseEdits, type TextEdit } from "../../text";
import type { Dockerfile, Stage } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { blockOf, stageGap } from "./layout";
import { called, capital } from "./names";
import { renumber, splitByRange } from "./renumber";
import { idOf, shapeOf } from "./shape";

/** Moves a stage, with the comments directly above it, to another place in the order. */
export function moveStage(tree: Dockerfile, edit: { stage: number; to: number }): Draft | Refusal {
  const { stages } = tree;
  const stage = stages[edit.stage];
  if (stage === undefined || !Number.isInteger(edit.to) || edit.to < 0 || edit.to >= stages.length) {
    return refuse("There is no such stage.");
  }
  const select = { stage: edit.to };
  if (edit.to === edit.stage) return { edits: [], notes: [], expected: { shape: shapeOf(tree) }, select };
  const order = stages.map((each) => each.index).filter((index) => index !== edit.stage);
  order.splice(edit.to, 0, edit.stage);
  const place = (index: number) => order.indexOf(index);
  for (const { from, to, reference } of tree.edges) {
    if (from >= to || place(from) < place(to)) continue;
    const user = capital(called(stages[to] as Stage));
    const line = reference.instruction.startLine;
    return refuse(
      `${user} needs ${called(stages[from] as Stage)} (line ${line}), which has to stay before it.`,
    );
  }
  const notes: string[] = [];
  const block = blockOf(tree, stage);
  const { inside, outside } = splitByRange(renumber(tree, place, notes), block.start, block.end);
  const text = applyEdits(tree.source.slice(block.start, block.end), normaliseEdits(inside));
  const edits: TextEdit[] = [...outside];
  const isLast = edit.stage === stages.length - 1;
  const gap = stageGap(tree, edit.stage);
  if (isLast)
    edits.push({ start: blockOf(tree, stages[edit.stage - 1] as Stage).end, end: block.end, text: "" });
  else edits.push({ start: block.start, end: block.next, text: "" });
  const following = order[edit.to + 1];
  if (following === undefined) {
    const { end } = blockOf(tree, stages[stages.length - 1] as Stage);
    edits.push({ start: end, end, text: gap + text });
  } else {
    const { start } = blockOf(tree, stages[following] as Stage);
    edits.push({ start, end: start, text: text + gap });
  }
  if (order[order.length - 1] !== stages.length - 1) {
    const last = stages[order[order.length - 1] as number] as Stage;
    notes.push(
      `${capital(called(last))} is now the last stage, which is what a build without a target builds.`,
    );
  }
  const before = shapeOf(tree);
  const shape = order.map(
    (index) => before.find((each) => each.id === idOf(index)) as (typeof before)[number],
  );
  return { edits, notes, expected: { shape }, select };
}
