/**
 * The chain of steps that a build's length comes from: each began when the one before it was done, and the last one
 * ended the stage that ships. A build gets shorter by making one of these faster, and by nothing else.
 */
import type { Stage } from "../dockerfile";
import { type PlacedStep, stepsBefore, stepsOf } from "./dependencies";
import type { Place } from "./events";
import type { BuildState, StepState } from "./state";

export interface CriticalStep extends Place {
  /** Vertices that the step is made of. */
  vertices: readonly string[];
  /** Milliseconds of its own; of what ran twice, the last run. */
  duration: number;
}

export interface CriticalPath {
  /** In the order in which they ran; steps that took no time are left out. */
  steps: CriticalStep[];
  /** Sum of their durations, in milliseconds. */
  duration: number;
}

/** `stages` are those of the text that the state's places are in. Empty while nothing has ended. */
export function criticalPath(state: BuildState, stages: readonly Stage[]): CriticalPath {
  const steps: CriticalStep[] = [];
  const seen = new Set<StepState>();
  const timed = timedBy(state, stages);
  for (
    let at = lastToEnd(state, timed);
    at && !seen.has(at.step);
    at = latest(stepsBefore(at.place, state, stages), timed)
  ) {
    seen.add(at.step);
    const { started, completed, vertices } = at.step;
    const duration = started === null || completed === null ? 0 : completed - started;
    if (duration > 0) steps.push({ ...at.place, vertices, duration });
  }
  steps.reverse();
  return { steps, duration: steps.reduce((sum, { duration }) => sum + duration, 0) };
}

/** Of the stages that ship; of all that were built where none ships any more in today's text. */
function lastToEnd(state: BuildState, timed: Timed): PlacedStep | null {
  const shipping = state.stages.filter(({ ships }) => ships);
  return latest(
    (shipping.length > 0 ? shipping : state.stages).flatMap(({ index }) => stepsOf(state, index)),
    timed,
  );
}

/** A step itself; in place of one that came from the cache without a word of when, those that it waited for. */
type Timed = (step: PlacedStep) => readonly PlacedStep[];

function timedBy(state: BuildState, stages: readonly Stage[]): Timed {
  return (from) => {
    const found: PlacedStep[] = [];
    const passed = new Set<StepState>();
    const ahead = [from];
    for (let at = ahead.pop(); at; at = ahead.pop()) {
      const { step, place } = at;
      if (step.completed !== null) found.push(at);
      else if (step.status === "cached" && !passed.has(step)) {
        passed.add(step);
        ahead.push(...stepsBefore(place, state, stages));
      }
    }
    return found;
  };
}

function latest(candidates: readonly PlacedStep[], timed: Timed): PlacedStep | null {
  let best: PlacedStep | null = null;
  for (const candidate of candidates.flatMap(timed)) {
    // Of two that ended at once, the later in the file: the one before it is then found through it.
    if (!best || candidate.step.completed! >= best.step.completed!) best = candidate;
  }
  return best;
}
