import type { TextEdit, TextRange } from "../../text";
import type { Dockerfile, Stage, StageEdge } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { removeFlag } from "./flag";
import { blockOf, linesOf, removeAllLines } from "./layout";
import { called, capital, nameForBase } from "./names";
import { renumber } from "./renumber";
import { idOf, keyOf, type StageShape, shapeOf, sourceKey } from "./shape";

/**
 * Removes a stage with the comments directly above it, and what cannot be without it: the COPYs and mounts that take
 * files from it. Stages built on it are built on its base instead. The notes tell each of these.
 */
export function removeStage(tree: Dockerfile, edit: { stage: number }): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  if (stage === undefined) return refuse("There is no such stage.");
  if (tree.stages.length === 1) return refuse("A Dockerfile needs at least one stage.");
  const notes: string[] = [];
  const block = blockOf(tree, stage);
  const before = tree.stages[stage.index - 1];
  const edits: TextEdit[] = [
    stage.index === tree.stages.length - 1 && before !== undefined
      ? { start: blockOf(tree, before).end, end: block.end, text: "" }
      : { start: block.start, end: block.next, text: "" },
  ];
  const ids = tree.stages.map((each) => idOf(each.index));
  const shape = shapeOf(tree);
  const gone = idOf(stage.index);
  const lines: TextRange[] = [];
  for (const edge of tree.edges) {
    if (edge.from !== stage.index || edge.to === stage.index) continue;
    const user = shape[edge.to] as StageShape;
    if (edge.kind === "from") {
      user.base = keyOf(stage.base.target, ids);
      edits.push(rebase(tree, stage, edge, notes));
    } else {
      user.uses.splice(user.uses.indexOf(sourceKey(edge.kind, gone)), 1);
      const { reference } = edge;
      notes.push(lossOf(tree, edge));
      if (edge.kind === "copy") lines.push(linesOf(tree, reference.instruction));
      else edits.push(removeFlag(tree, reference.instruction, reference.flag));
    }
  }
  edits.push(
    ...removeAllLines(tree, lines),
    ...renumber(
      tree,
      (index) => (index === stage.index ? null : index > stage.index ? index - 1 : index),
      notes,
    ),
  );
  if (stage.index === tree.stages.length - 1) {
    notes.push(
      `${capital(called(before as Stage))} is now the last stage, which is what a build without a target builds.`,
    );
  }
  shape.splice(stage.index, 1);
  return { edits, notes, expected: { shape }, select: { stage: Math.max(0, stage.index - 1) } };
}

function rebase(tree: Dockerfile, stage: Stage, edge: StageEdge, notes: string[]): TextEdit {
  const { target } = stage.base;
  const word =
    target.kind === "stage" ? (nameForBase(tree, target.index, edge.to) ?? stage.baseText) : stage.baseText;
  const user = called(tree.stages[edge.to] as Stage);
  const platform = stage.platform === null ? "" : `, without its platform ${stage.platform}`;
  notes.push(
    `${capital(user)} is now built on ${word}${platform}, and no longer has what ${called(stage)} added.`,
  );
  return { ...edge.reference.range, text: word };
}

/** What a stage loses that took files from one that is gone. */
function lossOf(tree: Dockerfile, edge: StageEdge): string {
  const { reference } = edge;
  const user = called(tree.stages[edge.to] as Stage);
  const line = reference.instruction.startLine;
  return edge.kind === "copy"
    ? `${capital(user)} no longer copies ${(reference.sources ?? []).join(", ")} (line ${line}).`
    : `The RUN on line ${line} (${user}) no longer mounts ${reference.destination || "it"}.`;
}
