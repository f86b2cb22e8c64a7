/** What the stages of a build weigh, side by side on one scale: what ships against what is left behind. */
import type { BuildState, StageBuildState } from "./state";

export interface SizePart {
  /** null: layers whose instruction is no longer in the text. */
  instruction: number | null;
  bytes: number;
}

export interface SizeRow {
  stage: number;
  ships: boolean;
  /** Bytes; null where it is not known, and `unknown` says why. */
  size: number | null;
  base: number;
  /** What each instruction added, in order; those that added nothing are left out. */
  parts: SizePart[];
  unknown: string | null;
  /** For what ships: how many times smaller it is than the biggest stage that is left behind, where it is smaller. */
  smaller: number | null;
}

export interface Sizes {
  rows: SizeRow[];
  /** Bytes of the longest bar. */
  scale: number;
  /** Stages whose size is known. */
  known: number;
}

export function sizesOf(state: Pick<BuildState, "stages" | "endedAt">): Sizes {
  const over = state.endedAt !== null;
  const left = Math.max(0, ...state.stages.map((stage) => (stage.ships ? 0 : (stage.size ?? 0))));
  const rows = state.stages.map((stage): SizeRow => {
    const base = Math.min(stage.base ?? 0, stage.size ?? 0);
    const ratio = stage.ships && stage.size ? left / stage.size : 0;
    return {
      stage: stage.index,
      ships: stage.ships,
      size: stage.size,
      base,
      parts: stage.size === null ? [] : partsOf(stage, stage.size - base),
      unknown: stage.size === null ? whyUnknown(stage.status, over) : null,
      smaller: ratio > 1.05 ? ratio : null,
    };
  });
  return {
    rows,
    scale: Math.max(1, ...rows.map((row) => row.size ?? 0)),
    known: rows.filter((row) => row.size !== null).length,
  };
}

function partsOf(stage: StageBuildState, added: number): SizePart[] {
  const byInstruction = new Map<number, number>();
  for (const { instruction, size } of stage.layers) {
    if (instruction === null || size === 0) continue;
    byInstruction.set(instruction, (byInstruction.get(instruction) ?? 0) + size);
  }
  const parts: SizePart[] = [...byInstruction].map(([instruction, bytes]) => ({ instruction, bytes }));
  const rest = added - parts.reduce((sum, part) => sum + part.bytes, 0);
  if (rest > 0) parts.push({ instruction: null, bytes: rest });
  return parts;
}

function whyUnknown(status: StageBuildState["status"], over: boolean): string {
  switch (status) {
    case "skipped":
      return "not built: the target does not need it";
    case "failed":
      return "its build failed";
    case "canceled":
      return "the build ended before it was done";
    case "waiting":
      return "not built yet";
    case "running":
      return "being built";
    case "done":
    case "cached":
      return over ? "built, but the host gave no size for it" : "built, not weighed yet";
  }
}
