/** How long a build under way still takes, by what its steps took before. */
import { type BuildState, type StepState, stepAt } from "../state";
import type { Forecast, ForetoldStep } from "./forecast";
import { type Estimate, timeOf } from "./times";

/**
 * `now` is by the host's clock. `forecast` is of the text that is built, made before it began; its places are those of
 * `state`. Null where no step is to come that earlier builds tell of. Pulls and the export are not in it.
 *
 * @param stage counts the steps of that stage alone
 */
export function remainingOf(
  state: BuildState,
  { steps }: Forecast,
  now: number,
  stage: number | null = null,
): Estimate | null {
  const at = (index: number) => stepAt(state, steps[index]!.stage, steps[index]!.instruction);
  const list = steps.map((step, index) => ({
    left: stage !== null && step.stage !== stage ? 0 : leftOf(step, at(index), step.after.map(at), now),
    after: step.after,
  }));
  const estimate = timeOf(list);
  const open = list.filter(({ left }) => left !== 0).length;
  return open === 0 || estimate.unknown === open ? null : estimate;
}

function leftOf(
  { outcome, milliseconds }: ForetoldStep,
  step: StepState | undefined,
  before: readonly (StepState | undefined)[],
  now: number,
): number | null {
  switch (step?.status) {
    case "done":
    case "cached":
    case "failed":
    case "canceled":
      return 0;
    case "running":
      if (milliseconds === null) return null;
      return Math.max(0, milliseconds - (now - (step.started ?? now)));
    default: {
      // What was to come from the cache runs all the same where one before it did.
      const runs = outcome !== "cached" || before.some((each) => each?.status === "done");
      return runs ? milliseconds : 0;
    }
  }
}

/** "about 30 s left", "at least 30 s left". */
export function remainingInWords({ milliseconds, unknown }: Estimate): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const time = seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return `${unknown > 0 ? "at least" : "about"} ${time} left`;
}
