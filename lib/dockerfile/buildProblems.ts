import type { TextRange } from "../text";
import type { ResolvedStage } from "./build";
import { imageNameProblem, parseImageReference } from "./image";
import { quote } from "./quote";
import { notThereYet } from "./sourceNames";
import type { StageNode } from "./stages";
import type { Triggers } from "./triggers";
import type { ReferenceTarget } from "./types";

export interface BuildProblem {
  message: string;
  /** null where the tree has a diagnostic for it already */
  range: TextRange | null;
}

/**
 * Why BuildKit would stop at a build once it knows the stages and the target, in the order in which it finds out
 * (dockerfile2llb/convert.go): names of images, what ONBUILDs come to in the stages that run them, the images these name,
 * and whether what files are taken from is there by then.
 */
export function buildProblems(
  stages: readonly StageNode[],
  resolved: readonly ResolvedStage[],
  triggers: Triggers,
): BuildProblem[] {
  return [...imageNames(stages), ...heldBack(stages, resolved, triggers), ...order(stages, resolved)];
}

/** BuildKit reads the names of all images, also of those that it does not need. */
function imageNames(stages: readonly StageNode[]): BuildProblem[] {
  const isFine = imageReader();
  return stages.flatMap(({ base, copies, mounts }) =>
    [base, ...copies, ...mounts].flatMap(({ target, range }) => imageProblem(target, range, isFine)),
  );
}

/** Of a stage on a stage, what runs is what that one holds back; a stage on an image runs what nobody here knows. */
function heldBack(
  stages: readonly StageNode[],
  resolved: readonly ResolvedStage[],
  triggers: Triggers,
): BuildProblem[] {
  const problems: BuildProblem[] = [];
  const names: BuildProblem[] = [];
  const isFine = imageReader();
  for (const { index, base, reached, replacedBy, triggers: uses } of resolved) {
    if (!reached || replacedBy !== null || base.kind !== "stage") continue;
    const { range } = (stages[index] as StageNode).base.instruction;
    const { error } = triggers.of(base.index);
    if (error !== null) problems.push({ message: error, range });
    for (const { target } of uses) names.push(...imageProblem(target, range, isFine));
  }
  return [...problems, ...names];
}

function imageProblem(
  target: ReferenceTarget,
  range: TextRange,
  isFine: (name: string) => boolean,
): BuildProblem[] {
  if (target.kind !== "image" || isFine(target.ref)) return [];
  const message = `failed to parse stage name ${quote(target.ref)}: ${imageNameProblem(target.ref)}`;
  return [{ message, range }];
}

/** Whether a name is an image's; each is read once. */
function imageReader(): (name: string) => boolean {
  const fine = new Set<string>();
  return (name) => {
    const isFine = fine.has(name) || parseImageReference(name) !== null;
    if (isFine) fine.add(name);
    return isFine;
  };
}

/** A stage must be there before files can be taken from it; a replaced one always is. */
function order(stages: readonly StageNode[], resolved: readonly ResolvedStage[]): BuildProblem[] {
  const isMissing = (target: ReferenceTarget, before: number): boolean =>
    target.kind === "stage" && target.index >= before && resolved[target.index]?.replacedBy === null;
  const problems: BuildProblem[] = [];
  for (const { index, reached, replacedBy, triggers } of resolved) {
    if (!reached || replacedBy !== null) continue;
    const stage = stages[index] as StageNode;
    const user = stage.name ?? `stage-${index}`;
    for (const use of triggers) {
      // A stage may take files from itself as far as it is there.
      if (use.raw === null || !isMissing(use.target, index + 1)) continue;
      const message = notThereYet({ ...use, raw: use.raw }, user);
      problems.push({ message, range: stage.base.instruction.range });
    }
    for (const reference of stage.references) {
      if (reference.kind === "from" || !isMissing(reference.target, index)) continue;
      problems.push({ message: notThereYet(reference, user), range: null });
    }
  }
  return problems;
}
