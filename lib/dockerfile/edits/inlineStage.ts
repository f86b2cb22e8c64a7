import { applyEdits, normaliseEdits, type TextEdit } from "../../text";
import type { Dockerfile, Instruction, Stage } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { blockOf, lineEnding } from "./layout";
import { called, capital, nameForBase } from "./names";
import { renumber, splitByRange } from "./renumber";
import { idOf, keyOf, type StageShape, shapeOf } from "./shape";

/**
 * Writes a stage's instructions at the top of the stages that are built on it, and takes the stage away. They make the
 * same images as before; what two stages shared is then built once for each, as far as no cache helps.
 */
export function inlineStage(tree: Dockerfile, edit: { stage: number }): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  if (stage === undefined) return refuse("There is no such stage.");
  const uses = tree.edges.filter(({ from }) => from === stage.index);
  const other = uses.find(({ kind }) => kind !== "from");
  if (other !== undefined) {
    return refuse(
      `Line ${other.reference.instruction.startLine} takes files from ${called(stage)}, so it has to stay a stage.`,
    );
  }
  if (uses.length === 0) return refuse(`No stage is built on ${called(stage)}.`);
  if (stage.instructions.some(({ keyword }) => keyword === "ONBUILD")) {
    return refuse("Its ONBUILD instructions are run by the stages built on it only while it is a stage.");
  }
  const users = uses.map(({ to }) => tree.stages[to] as Stage);
  const platform = users.find((user) => user.platform !== null && user.platform !== stage.platform);
  if (platform !== undefined) {
    return refuse(`${capital(called(platform))} has a platform of its own; take that away first.`);
  }
  const notes: string[] = [];
  const numbers = renumber(
    tree,
    (index) => (index === stage.index ? null : index > stage.index ? index - 1 : index),
    notes,
  );
  const block = blockOf(tree, stage);
  const first = stage.instructions[0] as Instruction;
  const body = { start: first.range.end, end: block.end };
  const { inside, outside } = splitByRange(numbers, body.start, body.end);
  const text = applyEdits(tree.source.slice(body.start, body.end), normaliseEdits(inside));
  const edits: TextEdit[] = [...outside, { start: block.start, end: block.next, text: "" }];
  const shape = shapeOf(tree);
  const ids = tree.stages.map(({ index }) => idOf(index));
  for (const user of users) {
    const base = baseFor(tree, stage, user);
    if (base === null) {
      return refuse(`${capital(called(user))} would find another stage by the name of its base.`);
    }
    const flag = stage.platform !== null && user.platform === null ? `--platform=${stage.platform} ` : "";
    edits.push({ ...user.baseRange, text: flag + base });
    const from = user.instructions[0] as Instruction;
    const ending = lineEnding(tree, from.range.end);
    edits.push({ start: from.range.end, end: from.range.end, text: text.replace(/\r*\n/g, ending) });
    const own = shape[user.index] as StageShape;
    own.base = keyOf(stage.base.target, ids);
    own.uses = [...own.uses, ...(shape[stage.index] as StageShape).uses].sort();
  }
  if (users.length > 1) notes.push(`Its instructions now stand in ${users.map(called).join(", ")}.`);
  shape.splice(stage.index, 1);
  return { edits, notes, expected: { shape }, select: { stage: (users[0] as Stage).index - 1 } };
}

function baseFor(tree: Dockerfile, stage: Stage, user: Stage): string | null {
  const { target } = stage.base;
  return target.kind === "stage" ? nameForBase(tree, target.index, user.index) : stage.baseText;
}
