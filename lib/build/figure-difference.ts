/** Two builds in figures, side by side: what each stage and the whole took, weighed and had from the cache. */
import type { PastBuild } from "./figures";
import { type Difference, difference } from "./size-difference";
import { cachedShare, stageTotal } from "./stage-figures";

export interface StageDifference {
  /** Milliseconds that its steps took which ran, one after another. */
  time: Difference;
  /** Bytes. */
  size: Difference;
  /** Steps of instructions. */
  ran: Difference;
  cached: Difference;
}

export interface FigureDifferences {
  /** In the order of the pairs that were asked for. */
  stages: StageDifference[];
  /** Milliseconds that the host worked for the whole, and the share of steps from the cache, 0 to 1. */
  whole: { time: Difference; cached: Difference };
}

type Figures = Pick<PastBuild, "startedAt" | "endedAt" | "figures">;

/** @param pairs of stage indices; null for a stage that the build did not have */
export function figureDifferences(
  pairs: readonly { before: number | null; after: number | null }[],
  before: Figures,
  after: Figures,
): FigureDifferences {
  const stages = pairs.map((pair): StageDifference => {
    const was = totalsAt(before, pair.before);
    const is = totalsAt(after, pair.after);
    return {
      time: difference(was?.milliseconds ?? null, is?.milliseconds ?? null),
      size: difference(was?.size ?? null, is?.size ?? null),
      ran: difference(was?.ran ?? null, is?.ran ?? null),
      cached: difference(was?.cached ?? null, is?.cached ?? null),
    };
  });
  return {
    stages,
    whole: {
      time: difference(timeOf(before), timeOf(after)),
      cached: difference(cachedShare(before.figures), cachedShare(after.figures)),
    },
  };
}

function totalsAt({ figures }: Figures, stage: number | null) {
  const found = stage === null ? undefined : figures.stages[stage];
  return found && { ...stageTotal(found), size: found.size };
}

const timeOf = ({ startedAt, endedAt }: Figures) =>
  startedAt !== null && endedAt !== null ? Math.max(0, endedAt - startedAt) : null;
