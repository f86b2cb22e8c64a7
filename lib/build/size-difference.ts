/** What two versions of a Dockerfile weigh, side by side on one scale. */
import type { PastBuild } from "./figures";
import { formatBytes } from "./format";

/** What a build weighed: bytes by stage index, and those of what it shipped; null where that is not known. */
export interface Weights {
  sizes: Readonly<Record<string, number>>;
  shipped: number | null;
}

/** A figure of both. */
export interface Difference {
  /** Null where the version has no such stage, was not built, or its build does not tell. */
  before: number | null;
  after: number | null;
  /** More than before; null unless both are known. */
  more: number | null;
}

/** In bytes. */
export type SizeDifference = Difference;

export interface SizeDifferences {
  /** In the order of the pairs that were asked for. */
  stages: SizeDifference[];
  shipped: SizeDifference;
  /** Bytes of the longest bar of both versions; 0 where nothing is known. */
  scale: number;
}

/** @param pairs of stage indices; null for a stage that the version does not have */
export function sizeDifferences(
  pairs: readonly { before: number | null; after: number | null }[],
  before: Weights | null,
  after: Weights | null,
): SizeDifferences {
  const sizeOf = (weights: Weights | null, stage: number | null) =>
    weights === null || stage === null ? null : (weights.sizes[stage] ?? null);
  const stages = pairs.map((pair) => difference(sizeOf(before, pair.before), sizeOf(after, pair.after)));
  const shipped = difference(before?.shipped ?? null, after?.shipped ?? null);
  const all = [...stages, shipped].flatMap((each) => [each.before ?? 0, each.after ?? 0]);
  return { stages, shipped, scale: Math.max(0, ...all) };
}

/** An instruction of a build: its stage and place there. */
type Step = { stage: number; instruction: number } | null;

/**
 * How many bytes more an instruction adds than before; all it adds where it is new, and all it added where it is gone.
 * @param was null for one that is new, `is` for one that is gone
 * @returns null where a build does not tell
 */
export function stepDifference(
  before: Pick<PastBuild, "figures"> | null,
  was: Step,
  after: Pick<PastBuild, "figures"> | null,
  is: Step,
): number | null {
  const bytes = (build: typeof before, step: Step) => {
    if (step === null) return 0;
    const steps = build?.figures.stages[step.stage]?.steps;
    return steps?.find(({ instruction }) => instruction === step.instruction)?.bytes ?? null;
  };
  return before && after && difference(bytes(before, was), bytes(after, is)).more;
}

export function difference(before: number | null, after: number | null): Difference {
  return { before, after, more: before === null || after === null ? null : after - before };
}

/** As "+12MB", "−797MB" or "±0B"; of what is no size with `format` for what it is. */
export function formatDifference(more: number, format: (figure: number) => string = formatBytes): string {
  const sign = more > 0 ? "+" : more < 0 ? "−" : "±";
  return `${sign}${format(Math.abs(more))}`;
}
