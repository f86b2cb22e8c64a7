import type { Dockerfile, ReferenceTarget, Stage } from "../types";

/** A stage as far as the graph goes. Stages go by ids that outlive a change of their order. */
export interface StageShape {
  id: string;
  name: string | null;
  base: string;
  /** what its COPYs and mounts take files from, sorted */
  uses: string[];
}

/** The graph of a Dockerfile, to compare before and after. */
export type Shape = StageShape[];

/** A base that is not known before the text is read again. */
export const ANY = "*";

export const idOf = (index: number): string => `stage ${index}`;

/** The graph of a tree; `ids` are the stages' ids in their present order. */
export function shapeOf(
  tree: Dockerfile,
  ids: readonly string[] = tree.stages.map((stage) => idOf(stage.index)),
): Shape {
  return tree.stages.map((stage, index) => ({
    id: ids[index] ?? `extra ${index}`,
    name: stage.name,
    base: keyOf(stage.base.target, ids),
    uses: usesOf(stage, ids),
  }));
}

function usesOf(stage: Stage, ids: readonly string[]): string[] {
  return [...stage.copies, ...stage.mounts].map((use) => sourceKey(use.kind, keyOf(use.target, ids))).sort();
}

/** How a use is written in a shape. */
export function sourceKey(kind: string, target: string): string {
  return `${kind} ${target}`;
}

/** How a target is written in a shape. */
export function keyOf(target: ReferenceTarget, ids: readonly string[]): string {
  if (target.kind === "stage") return ids[target.index] ?? `extra ${target.index}`;
  return target.kind === "image" ? `image ${target.ref}` : target.kind;
}

/** Where two graphs part, in plain words; null where they do not. */
export function differenceOf(expected: Shape, actual: Shape): string | null {
  if (expected.length !== actual.length) {
    return `there would be ${actual.length} stages where ${expected.length} are meant`;
  }
  for (const [index, want] of expected.entries()) {
    const have = actual[index] as StageShape;
    const called = want.name === null ? `stage ${index}` : `"${want.name}"`;
    if (want.name !== have.name)
      return `stage ${index} would be called ${have.name ?? "nothing"}, not ${called}`;
    if (want.base !== ANY && want.base !== have.base)
      return `${called} would be built on ${have.base}, not on ${want.base}`;
    if (want.uses.join("\n") !== have.uses.join("\n"))
      return `${called} would take its files from somewhere else`;
  }
  return null;
}
