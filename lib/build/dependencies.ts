/** Which steps of a build another one starts from: as dockerfile2llb strings them together. */
import type { Stage } from "../dockerfile";
import type { Place } from "./events";
import type { BuildState, StepState } from "./state";

export interface PlacedStep {
  place: Place;
  step: StepState;
}

/**
 * The step before it in its stage, or the end of the stage it is built on; and the ends of the stages that it copies or
 * mounts from. `stages` are those of the text that the state's places are in.
 */
export function stepsBefore(
  { stage, instruction }: Place,
  state: BuildState,
  stages: readonly Stage[],
): PlacedStep[] {
  const of = stages[stage];
  if (!of) return [];
  const before = stepsOf(state, stage).filter(({ place }) => place.instruction < instruction);
  const needed = [...of.copies, ...of.mounts].filter(
    (reference) => reference.instruction.indexInStage === instruction,
  );
  if (before.length === 0) needed.unshift(of.base);
  return [
    ...before.slice(-1),
    ...needed.flatMap(({ target }) =>
      target.kind === "stage" ? stepsOf(state, target.index).slice(-1) : [],
    ),
  ];
}

/** In the order of the file. */
export function stepsOf(state: BuildState, stage: number): PlacedStep[] {
  return Object.values(state.stages[stage]?.steps ?? {})
    .map((step) => ({ place: { stage, instruction: step.instruction }, step }))
    .sort((a, b) => a.place.instruction - b.place.instruction);
}
