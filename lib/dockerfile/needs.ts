import type { InstructionNode } from "./node";
import type { SourceNames } from "./sourceNames";
import type { Triggers } from "./triggers";
import type { Stage } from "./types";

/** Which stages need which (dockerfile2llb/convert.go, allReachableStages). */
export class StageNeeds {
  readonly #used: (readonly number[])[] = [];

  constructor(
    readonly stages: readonly Stage[],
    readonly names: SourceNames,
    readonly triggers: Triggers,
    /** whether a named context takes the place of the stage at an index */
    readonly isReplaced: (index: number) => boolean,
  ) {}

  /** What is met on all ways from a stage, that stage included; beyond a replaced one only with `through`. */
  from(start: number | null, { through }: { through: boolean }): Set<number> {
    const found = new Set<number>();
    const open = start === null ? [] : [start];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const stage = this.stages[index];
      if (stage === undefined || found.has(index)) continue;
      found.add(index);
      if (!through && this.isReplaced(index)) continue;
      for (const each of this.#uses(stage)) open.push(each);
    }
    return found;
  }

  /** Stages that a stage is built on or takes files from, what its base's ONBUILDs bring included. */
  #uses(stage: Stage): readonly number[] {
    const known = this.#used[stage.index] ?? this.#find(stage);
    this.#used[stage.index] = known;
    return known;
  }

  #find(stage: Stage): number[] {
    const used: number[] = [];
    for (const { target } of [...stage.copies, ...stage.mounts]) {
      if (target.kind === "stage") used.push(target.index);
    }
    // A mount that names nothing is taken from a stage of that name, where a file has one.
    const scratch = this.names.byName.get("scratch");
    if (scratch !== undefined && mountCount(stage) > stage.mounts.length) used.push(scratch);
    const { target } = stage.base;
    if (target.kind !== "stage" || this.isReplaced(stage.index)) return used;
    used.push(target.index);
    for (const use of this.triggers.of(target.index).uses) {
      if (use.target.kind === "stage") used.push(use.target.index);
    }
    return used;
  }
}

function mountCount(stage: Stage): number {
  let count = 0;
  for (const { keyword, rawFlags } of stage.instructions as InstructionNode[]) {
    if (keyword === "RUN") count += rawFlags.filter(({ word }) => word.startsWith("--mount=")).length;
  }
  return count;
}
