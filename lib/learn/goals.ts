/** What goals are made of. */
import type { InstructionRow, StageNode } from "../graph/types";
import type { Facts, PastBuild } from "./types";

export const lastStage = ({ graph }: Facts): StageNode | undefined => graph.stages.at(-1);

export const stageCalled = ({ graph }: Facts, name: string): StageNode | undefined =>
  graph.stages.find((stage) => stage.name?.toLowerCase() === name);

/** Rows of one keyword, in their order. */
export const rowsOf = (stage: StageNode | undefined, keyword: string): InstructionRow[] =>
  stage?.rows.filter((row) => row.keyword.toUpperCase() === keyword) ?? [];

/** Whether files of one stage are copied into another. */
export function copies({ graph }: Facts, from: StageNode | undefined, to: StageNode | undefined): boolean {
  return (
    from !== undefined &&
    to !== undefined &&
    graph.edges.some(({ kind, source, target }) => kind === "copy" && source === from.id && target === to.id)
  );
}

/** Whether one stage is `FROM` another. */
export function standsOn(
  { graph }: Facts,
  stage: StageNode | undefined,
  base: StageNode | undefined,
): boolean {
  return (
    stage !== undefined &&
    base !== undefined &&
    graph.edges.some(
      ({ kind, source, target }) => kind === "from" && source === base.id && target === stage.id,
    )
  );
}

export const succeeded = ({ builds }: Facts): readonly PastBuild[] =>
  builds.filter(({ status }) => status === "succeeded");

/** Bytes of what a build ships: of its target, or of the last stage that is weighed. Null while none is. */
export function shipped({ options, sizes }: PastBuild): number | null {
  const last = Math.max(-1, ...Object.keys(sizes).map(Number));
  return sizes[options.target ?? last] ?? null;
}

/** What the first build that was weighed shipped, and what the newest one ships. */
export function shippedFirstAndNow(facts: Facts): { first: number; now: number } | null {
  const sizes = succeeded(facts)
    .map(shipped)
    .filter((size) => size !== null);
  return sizes.length === 0 ? null : { first: sizes.at(-1)!, now: sizes[0]! };
}

/** Status of a step in the build on show. */
export function stepStatus({ build }: Facts, stage: StageNode, row: InstructionRow): string | null {
  return build?.stages[stage.index]?.steps[row.instruction]?.status ?? null;
}
