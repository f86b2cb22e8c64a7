/** Which file a COPY or ADD did not find in the build context, and what there is of nearly the same name. */
import { readFile } from "node:fs/promises";
import type { Dockerfile } from "../../dockerfile";
import { contextTree } from "../context/context-tree";
import { type CopySource, copyPreviews } from "../context/copies";
import { IGNORE_FILES } from "../context/ignore-file";
import { evaluationOf } from "../evaluation";
import type { BuildOptions, Place } from "../events";
import type { ContextFolder } from "./contexts/folder";

/** A hint in words; null where the instruction takes nothing from the context that is not there. */
export async function missingSource(
  tree: Dockerfile,
  options: BuildOptions,
  context: ContextFolder | null,
  place: Place,
): Promise<string | null> {
  const files = context?.all() ?? [];
  const ignore = IGNORE_FILES.map((name) => context?.get(name)?.content).find((file) => file !== undefined);
  const listed = contextTree(files, ignore === undefined ? null : await readFile(ignore, "utf8"));
  const preview = copyPreviews(tree, evaluationOf(options), listed, 0).find(
    ({ stage, instruction }) => stage === place.stage && instruction === place.instruction,
  );
  const missing = preview?.sources.find(({ problem }) => problem === "missing" || problem === "ignored");
  if (!missing) return null;
  return context === null
    ? `${missing.text} is to come from the build context, and none is attached. Attach the folder that has it.`
    : inWords(missing);
}

function inWords({ text, problem, nearest }: CopySource): string {
  if (problem === "ignored") return `${text} is in the build context, but its ignore file keeps it out.`;
  return nearest === null
    ? `${text} is not in the build context. Attach the folder that has it, or check the path.`
    : `${text} is not in the build context; ${nearest} is.`;
}
