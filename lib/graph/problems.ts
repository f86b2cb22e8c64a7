/** Which instruction the parser complains about. */
import type { Dockerfile } from "../dockerfile";

/** The first complaint about an instruction, by its index in the stage. Empty where they are about none in particular. */
export type ProblemsOfStage = ReadonlyMap<number, string>;

/** By stage index; a stage that nothing is wrong with is not in it. */
export function problemsByStage(tree: Dockerfile): ReadonlyMap<number, ProblemsOfStage> {
  const found = new Map<number, Map<number, string>>();
  for (const { severity, range, message } of tree.diagnostics) {
    if (severity !== "error") continue;
    const at = lastBefore(tree.stages, range.start);
    const stage = tree.stages[at];
    if (stage === undefined) continue;
    const problems = found.get(at) ?? new Map<number, string>();
    found.set(at, problems);
    const index = lastBefore(stage.instructions, range.start);
    const instruction = stage.instructions[index];
    if (instruction && range.start <= instruction.range.end && !problems.has(index))
      problems.set(index, message);
  }
  return found;
}

/** The index of the last that begins at or before an offset; -1 where none does. */
function lastBefore(list: readonly { range: { start: number } }[], offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.range.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
