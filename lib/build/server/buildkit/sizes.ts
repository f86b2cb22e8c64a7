/** What a stage weighs: its image's history, split into what it was based on and what its instructions added. */
import type { Stage } from "../../../dockerfile";
import type { Layer } from "../../events";
import type { EngineApi, HistoryEntry } from "../engine-api";

export interface StageSize {
  size: number;
  base: number;
  layers: Layer[];
}

export async function measureImage(api: EngineApi, tag: string, stage: Stage): Promise<StageSize> {
  return sizeOf(await api.history(tag), stage);
}

export function sizeOf(history: readonly HistoryEntry[], stage: Stage): StageSize {
  const owners = entryOwners(history, stage);
  const layers = history.map(({ Size, CreatedBy }, index) => ({
    size: Size,
    createdBy: CreatedBy,
    instruction: owners[index]!,
  }));
  const total = (some: Layer[]) => some.reduce((sum, { size }) => sum + size, 0);
  return {
    size: total(layers),
    base: total(layers.filter(({ instruction }) => instruction === null)),
    layers,
  };
}

/**
 * The instruction behind each history entry, null for the base's. Each instruction writes one entry, the last
 * instruction the last one; ONBUILD writes none, so keywords are compared and what does not fit is passed over.
 */
export function entryOwners(history: readonly { CreatedBy: string }[], stage: Stage): (number | null)[] {
  const owners: (number | null)[] = history.map(() => null);
  let entry = history.length - 1;
  for (let index = stage.instructions.length - 1; index > 0 && entry >= 0; index--) {
    const { keyword, indexInStage } = stage.instructions[index]!;
    if (!history[entry]!.CreatedBy.toUpperCase().startsWith(`${keyword} `)) continue;
    owners[entry] = indexInStage;
    entry--;
  }
  return owners;
}
