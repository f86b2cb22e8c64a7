/** What a build says about cards, rows and edges, computed once a state for all who ask. */
import { formatRatio } from "@/lib/build/format";
import type { BuildState, StageBuildState, StepStatus } from "@/lib/build/state";

export type CardStatus = "idle" | "ships" | "left" | "skipped" | StepStatus;

/** The one word on a card. */
export function cardStatus(stage: StageBuildState | undefined): CardStatus {
  if (!stage) return "idle";
  const through = stage.status === "done" || stage.status === "cached";
  return through && stage.ships && stage.size !== null ? "ships" : stage.status;
}

/** Bytes by instruction, and those of the base; null while the size is not known. */
export interface StageWeight {
  base: number;
  byInstruction: ReadonlyMap<number, number>;
}

const weights = new WeakMap<StageBuildState, StageWeight | null>();

export function weightOf(stage: StageBuildState): StageWeight | null {
  const known = weights.get(stage);
  if (known !== undefined) return known;
  const weight = stage.size === null ? null : weigh(stage);
  weights.set(stage, weight);
  return weight;
}

function weigh(stage: StageBuildState): StageWeight {
  const byInstruction = new Map<number, number>();
  let inherited = 0;
  for (const { instruction, size } of stage.layers) {
    if (instruction === null || instruction === 0) inherited += size;
    else byInstruction.set(instruction, (byInstruction.get(instruction) ?? 0) + size);
  }
  return { base: stage.base ?? inherited, byInstruction };
}

/** "60× smaller" than the largest stage of the build, where that is worth saying. */
export function fateOf(build: StageBuildState, largest: number): string {
  if (!build.ships) return "left behind";
  const ratio = build.size ? largest / build.size : 0;
  return ratio >= 1.1 ? `${formatRatio(ratio)}× smaller` : "ships";
}

/** How far a stage is that waits or runs: steps that are over, the one it is at, and of how many; null for any other. */
export function progressOf(build: StageBuildState | undefined) {
  if (build?.status !== "running" && build?.status !== "waiting") return null;
  const steps = Object.values(build.steps);
  const over = steps.filter(({ status }) => status === "done" || status === "cached").length;
  const at = Math.min(steps.length, over + (build.status === "running" ? 1 : 0));
  const words = steps.length > 0 ? `step ${at} of ${steps.length}` : "waiting";
  return { part: steps.length === 0 ? 0 : over / steps.length, words };
}

const largest = new WeakMap<readonly StageBuildState[], number>();

/** Bytes of the largest stage: the scale of all bars. 0 while no size is known. */
export function largestSize(state: BuildState | undefined): number {
  if (!state) return 0;
  const known = largest.get(state.stages);
  if (known !== undefined) return known;
  const size = Math.max(0, ...state.stages.map((stage) => stage.size ?? 0));
  largest.set(state.stages, size);
  return size;
}

const indexes = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/** Index of a stage by id; -1 where there is none. */
export function stageIndex(stageIds: readonly string[], id: string): number {
  let index = indexes.get(stageIds);
  if (!index) {
    index = new Map(stageIds.map((stage, i) => [stage, i]));
    indexes.set(stageIds, index);
  }
  return index.get(id) ?? -1;
}
