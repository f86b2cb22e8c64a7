import { toLower } from "./characters";
import { saysAlike } from "./kept";
import type { Resolution } from "./resolve";
import { imageTarget, SourceNames } from "./sourceNames";
import type { StageNode, Use } from "./stages";
import type { ReferenceTarget } from "./types";

const SCRATCH = "scratch";

/**
 * What stages mean after an edit that changed some of them and moved others, where little of it has to be found out anew;
 * null where it is more than that. Global ARGs are as they were.
 *
 * @param stages as many as before, of which those in `[from, to)` were read anew
 */
export function resolveAgain(
  before: Resolution,
  stages: readonly StageNode[],
  from: number,
  to: number,
): Resolution | null {
  if (before.diagnostics.length > 0 || before.readsInstructions || before.stages.length !== stages.length)
    return null;
  const renamed: number[] = [];
  for (let index = from; index < to; index++) {
    const [old, stage] = [before.stages[index] as StageNode, stages[index] as StageNode];
    if (!saysAlike(old, stage)) return null;
    if (old.name !== stage.name) renamed.push(index);
  }
  const settled = stages.slice();
  for (let index = from; index < to; index++) {
    const { targets } = before.stages[index] as StageNode;
    settled[index] = (stages[index] as StageNode).settled(targets ?? []);
  }
  if (renamed.length === 0) return { ...before, stages: settled };
  return renamed.length === 1 ? resolveRenamed(before, settled, renamed[0] as number) : null;
}

/**
 * What stages mean once one of them is called otherwise and all else says what it said: found out anew only of what
 * meant that stage, or has its new name for an image. Nothing was wrong with the file before.
 * Null where that is not enough: where a name is there twice, or something would be needed before it is there.
 */
function resolveRenamed(before: Resolution, stages: readonly StageNode[], index: number): Resolution | null {
  const was = (before.stages[index] as StageNode).name;
  const now = (stages[index] as StageNode).name;
  const { byName, escapeToken } = before.names;
  const twice = byName.size < before.stages.filter(({ name }) => name !== null).length;
  // What names scratch, or nothing, looks for a stage of that name first.
  if (twice || now === SCRATCH || (now !== null && byName.has(now))) return null;

  const names = new SourceNames(stages.length, escapeToken);
  for (const { name, index } of stages) if (name !== null) names.byName.set(name, index);
  const touches = (target: ReferenceTarget) =>
    target.kind === "stage" ? target.index === index : target.kind === "image" && toLower(target.ref) === now;

  names.countsImages = before.names.countsImages;
  let uses = 0;
  const findAgain = (stage: StageNode, target: ReferenceTarget, nth: number): ReferenceTarget => {
    if (!touches(target)) return target;
    if (nth === 0) return baseAfter(target, stage.index > index, index, was, now);
    uses++;
    const { content } = stage.content.uses[nth - 1] as Use;
    return names.find(content?.kind ?? "mount", content?.raw ?? null);
  };

  const settled: StageNode[] = [];
  for (const stage of stages) {
    const known = stage.targets as readonly ReferenceTarget[];
    const touched = known.some(touches);
    const targets = touched ? known.map((target, nth) => findAgain(stage, target, nth)) : known;
    for (let nth = 1; nth < targets.length; nth++) {
      const target = targets[nth] as ReferenceTarget;
      if (target.kind === "invalid" || (target.kind === "stage" && target.index >= stage.index)) return null;
      names.note(target);
    }
    settled.push(touched ? stage.settled(targets) : stage);
  }
  // Numbers beyond the stages count the images that are named.
  return uses > 0 && before.names.countsImages ? null : { ...before, stages: settled, names };
}

/** A FROM sees the stages before it alone, and minds case. */
function baseAfter(
  target: ReferenceTarget,
  behind: boolean,
  index: number,
  was: string | null,
  now: string | null,
): ReferenceTarget {
  if (target.kind === "stage") return imageTarget(was as string);
  return behind && target.kind === "image" && target.ref === now ? { kind: "stage", index } : target;
}
