/** What each stage of a build took and weighs, worked out of what its events add up to. */
import type { BuildFigures, StageFigures, StepFigures } from "./figures";
import { baseImage } from "./names";
import { type BuildState, bytesAt, type StepState } from "./state";

/** @param filesAt digest of the files that a step took from the build context, where it takes any */
export function stageFigures(
  state: Pick<BuildState, "stages" | "vertices">,
  filesAt: (stage: number, instruction: number) => string | undefined = () => undefined,
): StageFigures[] {
  return state.stages.map(({ index, ships, size, base, steps }) => ({
    ships,
    size,
    base,
    image: baseImage(state.vertices, steps[0]),
    steps: Object.values(steps)
      .sort((a, b) => a.instruction - b.instruction)
      .map((step): StepFigures => {
        const files = filesAt(index, step.instruction);
        return {
          instruction: step.instruction,
          status: step.status,
          milliseconds: durationOf(step),
          bytes: bytesAt(state, index, step.instruction),
          ...(isJoined(step, state.vertices) && { joins: true as const }),
          ...(files !== undefined && { files }),
        };
      }),
  }));
}

function durationOf({ status, started, completed }: StepState): number | null {
  return status === "done" && started !== null && completed !== null
    ? Math.max(0, completed - started)
    : null;
}

/** By the name that dockerfile2llb gives to the joining. */
const isJoined = ({ vertices }: StepState, all: Readonly<Record<string, { name: string }>>) =>
  vertices.some((digest) => all[digest]?.name.includes("] LINK COPY "));

export interface StageTotal {
  /** What its steps took that ran to their end, one after another; a step that several stages share counts in each. */
  milliseconds: number;
  /** Steps of instructions, without the pull of a base image. */
  ran: number;
  cached: number;
  failed: number;
}

export function stageTotal({ steps }: Pick<StageFigures, "steps">): StageTotal {
  const total: StageTotal = { milliseconds: 0, ran: 0, cached: 0, failed: 0 };
  for (const { instruction, status, milliseconds } of steps) {
    total.milliseconds += milliseconds ?? 0;
    if (instruction === 0) continue;
    if (status === "done") total.ran++;
    else if (status === "cached") total.cached++;
    else if (status === "failed") total.failed++;
  }
  return total;
}

/** Of the steps of a build the share that came from the cache, 0 to 1; null where none was begun. */
export function cachedShare({ stages }: Pick<BuildFigures, "stages">): number | null {
  const totals = stages.map(stageTotal);
  const sum = (part: "ran" | "cached" | "failed") => totals.reduce((all, total) => all + total[part], 0);
  const all = sum("ran") + sum("cached") + sum("failed");
  return all === 0 ? null : sum("cached") / all;
}
