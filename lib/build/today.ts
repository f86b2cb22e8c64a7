/** Figures of a build, moved to where they belong in a text that was edited since. */

import type { Place } from "./events";
import { stageOf } from "./stages";
import type { BuildState, StageBuildState, StepState, VertexState } from "./state";
import type { Reason, StepReason } from "./why";

/** By stage index of the built text: today's index and, by instruction, today's instruction; null where it is gone. */
type Match = readonly ({ stage: number; instructions: readonly (number | null)[] } | null)[];

/** The state indexed by today's stages; a stage that the build did not know is waiting for its first. */
export function moveToToday(
  state: BuildState,
  match: Match,
  today: readonly { name: string | null }[],
): BuildState {
  const stages: StageBuildState[] = today.map(({ name }, index) =>
    stageOf({ index, name, ships: false, needed: false }, null),
  );
  for (const stage of state.stages) {
    const to = match[stage.index];
    if (!to) continue;
    stages[to.stage] = {
      ...stage,
      index: to.stage,
      built: stage.index,
      name: today[to.stage]?.name ?? null,
      current: stage.current === null ? null : (to.instructions[stage.current] ?? null),
      steps: moveSteps(stage.steps, to.instructions),
      layers: moveLayers(stage.layers, to.instructions),
    };
  }
  const vertices: Record<string, VertexState> = {};
  for (const [digest, vertex] of Object.entries(state.vertices)) {
    vertices[digest] = { ...vertex, places: vertex.places.flatMap((place) => movePlace(place, match)) };
  }
  const error = state.error && {
    ...state.error,
    place: state.error.place && movePlace(state.error.place, match)[0],
  };
  return { ...state, stages, vertices, error };
}

const moveLayers = (layers: StageBuildState["layers"], instructions: readonly (number | null)[]) =>
  layers.map((layer) =>
    layer.instruction === null ? layer : { ...layer, instruction: instructions[layer.instruction] ?? null },
  );

function moveSteps(
  steps: StageBuildState["steps"],
  instructions: readonly (number | null)[],
): StageBuildState["steps"] {
  const moved: Record<number, StepState> = {};
  for (const step of Object.values(steps)) {
    const instruction = instructions[step.instruction];
    if (instruction !== null && instruction !== undefined) moved[instruction] = { ...step, instruction };
  }
  return moved;
}

function movePlace(place: Place, match: Match): Place[] {
  const to = match[place.stage];
  const instruction = to?.instructions[place.instruction];
  return to && instruction !== null && instruction !== undefined ? [{ stage: to.stage, instruction }] : [];
}

/** Those whose step and cause are still there. */
export function moveReasons(reasons: readonly StepReason[], match: Match): StepReason[] {
  return reasons.flatMap((each) => {
    const [place] = movePlace(each, match);
    const reason = moveReason(each.reason, match);
    return place && reason ? [{ ...place, reason }] : [];
  });
}

function moveReason(reason: Reason, match: Match): Reason | null {
  if (reason.kind !== "before") return reason;
  const [place] = movePlace(reason.place, match);
  return place ? { ...reason, place } : null;
}
