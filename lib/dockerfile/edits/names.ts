import { toLower } from "../characters";
import { stageNameOf } from "../instructions/check";
import { stageNumber } from "../sourceNames";
import type { Dockerfile, Stage, StageReference } from "../types";

const RESERVED = new Set(["scratch", "context"]);

/** What to call a stage in a message. */
export function called(stage: Stage): string {
  return stage.name === null ? `stage ${stage.index}` : `"${stage.name}"`;
}

/** A message that begins a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * A stage name ready to be written, or why it cannot be one.
 *
 * @param own the stage that is to have it, or null for a new one
 * @param behind the first stage after it: a FROM from there on would see the name
 */
export function checkName(
  tree: Dockerfile,
  written: string,
  own: number | null,
  behind: number,
): { name: string } | { reason: string } {
  const name = stageNameOf(written);
  if (name === null) {
    return {
      reason: `"${written}" cannot name a stage: it must begin with a letter, followed by letters, digits, "-", "_" or "."`,
    };
  }
  if (RESERVED.has(name))
    return { reason: `"${name}" has a meaning of its own in a Dockerfile and cannot name a stage.` };
  const taken = tree.stages.find((stage) => stage.name === name && stage.index !== own);
  if (taken !== undefined) return { reason: `Stage ${taken.index} is already called "${name}".` };
  const image = references(tree).find((each) => {
    if (each.target.kind !== "image") return false;
    if (each.kind !== "from") return toLower(each.target.ref) === name;
    return each.target.ref === name && (each.instruction.stage ?? 0) >= behind;
  });
  if (image !== undefined) {
    const line = image.instruction.startLine;
    return {
      reason: `Line ${line} takes the image "${name}" by that name; it would mean the stage instead.`,
    };
  }
  return { name };
}

/** Every FROM, COPY --from and mount of the file, in the order of stages. */
export function references(tree: Dockerfile): StageReference[] {
  return tree.stages.flatMap((stage) => [stage.base, ...stage.copies, ...stage.mounts]);
}

/** Whether a COPY names its stage by number. */
export function isNumber(reference: StageReference): boolean {
  return reference.kind === "copy" && stageNumber(reference.raw) !== null;
}

/** The name by which COPY and mounts find a stage, or null where they find another, or it has none. */
export function nameForFiles(tree: Dockerfile, index: number): string | null {
  const name = tree.stages[index]?.name ?? null;
  if (name === null) return null;
  return tree.stages.findLast((stage) => stage.name === name)?.index === index ? name : null;
}

/** The name by which the FROM of stage `user` finds a stage before it, or null. */
export function nameForBase(tree: Dockerfile, index: number, user: number): string | null {
  const name = tree.stages[index]?.name ?? null;
  if (name === null) return null;
  return tree.stages.slice(0, user).findLast((stage) => stage.name === name)?.index === index ? name : null;
}

/** A name for a stage that has none and needs one. */
export function freeName(tree: Dockerfile, index: number): string {
  for (let suffix = 0; ; suffix++) {
    const name = suffix === 0 ? `stage-${index}` : `stage-${index}-${suffix}`;
    if ("name" in checkName(tree, name, index, index + 1)) return name;
  }
}

/** Whether a stage needs another, directly or through others. */
export function needs(tree: Dockerfile, user: number, target: number): boolean {
  const seen = new Set([user]);
  const open = [user];
  while (open.length > 0) {
    const index = open.pop();
    if (index === target) return true;
    for (const edge of tree.edges) {
      if (edge.to !== index || seen.has(edge.from)) continue;
      seen.add(edge.from);
      open.push(edge.from);
    }
  }
  return false;
}
