/** What can stand where a stage or an image is named. */
import { nameForBase, nameForFiles } from "../edits/names";
import type { Dockerfile, StageReference } from "../types";

export interface SourceName {
  use: StageReference["kind"];
  name: string;
  detail: string;
}

/** Earlier stages by the word that `user` finds them with, the nearest first. */
export function stageNamesFor(tree: Dockerfile, user: number, use: SourceName["use"]): SourceName[] {
  const names: SourceName[] = [];
  for (let index = user - 1; index >= 0; index--) {
    const name = use === "from" ? nameForBase(tree, index, user) : nameForFiles(tree, index);
    const detail = `FROM ${tree.stages[index]?.baseText ?? ""}`;
    if (name !== null) names.push({ use, name, detail });
    else if (use === "copy") names.push({ use, name: String(index), detail });
  }
  return names;
}

/**
 * Images that the file names already, other than in the word at `offset`. Only FROM expands variables: elsewhere it has
 * to be the image itself.
 */
export function imagesOf(tree: Dockerfile, offset: number, use: SourceName["use"]): string[] {
  const refs = new Set<string>();
  for (const { base, copies, mounts } of tree.stages) {
    for (const { target, range, raw } of [base, ...copies, ...mounts]) {
      const own = range.start <= offset && offset <= range.end;
      if (target.kind !== "image" || own || raw === "") continue;
      const ref = use === "from" ? raw : target.ref;
      if (use === "from" || !ref.includes("$")) refs.add(ref);
    }
  }
  return [...refs];
}
