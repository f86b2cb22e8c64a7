/** Which instruction the parser complains about. */
import type { Dockerfile } from "../dockerfile";
import type { StageNode } from "../dockerfile/stages";
import { countWhile } from "../text";

/** The first complaint about an instruction, by its index in the stage. Empty where they are about none in particular. */
export type ProblemsOfStage = ReadonlyMap<number, string>;

/** By stage index; a stage that nothing is wrong with is not in it. */
export function problemsByStage(tree: Dockerfile): ReadonlyMap<number, ProblemsOfStage> {
  const found = new Map<number, Map<number, string>>();
  const stages = tree.stages as StageNode[];
  for (const { severity, range, message } of tree.diagnostics) {
    if (severity !== "error") continue;
    const at = countWhile(stages.length, (index) => stages[index]!.startOf(0) <= range.start) - 1;
    const stage = stages[at];
    if (stage === undefined) continue;
    const problems = found.get(at) ?? new Map<number, string>();
    found.set(at, problems);
    const index = countWhile(stage.length, (each) => stage.startOf(each) <= range.start) - 1;
    if (index >= 0 && range.start <= stage.endOf(index) && !problems.has(index)) problems.set(index, message);
  }
  return found;
}
