import type { TextRange } from "../../text";
import type { Dockerfile, Stage } from "../types";
import { holds, instructionAt, referenceAt } from "./place";
import { variableAt } from "./variables";

/** Where what stands at an offset is said to be what it is: a stage's name, an ARG, an ENV. Null where it is neither. */
export function definitionAt(tree: Dockerfile, offset: number): TextRange | null {
  const stage = stageAt(tree, offset);
  if (stage !== null) return stage.nameRange ?? stage.baseRange;
  return variableAt(tree, offset)?.place.declaration ?? null;
}

/** Every place that means the same stage or variable as the one at an offset, its definition included. */
export function referencesAt(tree: Dockerfile, offset: number): TextRange[] {
  const stage = stageAt(tree, offset);
  if (stage !== null) return placesOfStage(tree, stage);
  return variableAt(tree, offset)?.variable.places.map(({ range }) => range) ?? [];
}

/** The stage that a word at an offset names: behind AS, or where its files or its base are taken from. */
export function stageAt(tree: Dockerfile, offset: number): Stage | null {
  // A variable in a base is the variable first.
  if (variableAt(tree, offset) !== null) return null;
  const reference = referenceAt(tree, offset);
  if (reference?.target.kind === "stage") return tree.stages[reference.target.index] ?? null;
  const index = instructionAt(tree, offset)?.stage ?? null;
  const own = index === null ? undefined : tree.stages[index];
  return own?.nameRange && holds(own.nameRange, offset) ? own : null;
}

function placesOfStage(tree: Dockerfile, stage: Stage): TextRange[] {
  const places = stage.nameRange === null ? [] : [stage.nameRange];
  for (const { from, reference } of tree.edges) if (from === stage.index) places.push(reference.range);
  return places.sort((a, b) => a.start - b.start);
}
