/** The picture of a text with its build options put in: what the canvas shows. */
import { buildOf } from "../build/evaluation";
import type { Dockerfile } from "../dockerfile";
import { graphInBuild } from "../graph/in-build";
import type { StageGraph } from "../graph/types";
import type { BuildOptions } from "./wire";

/** `plain` is the picture of the text by itself. */
export function graphShown(tree: Dockerfile, plain: StageGraph, options: BuildOptions): StageGraph {
  return leadsElsewhere(options) ? graphInBuild(tree, plain, buildOf(tree, options)) : plain;
}

/** Whether these can make a FROM or a copy come to something else than the text says by itself. */
function leadsElsewhere({ buildArgs, contexts, platform }: BuildOptions): boolean {
  return platform !== null || Object.keys(buildArgs).length > 0 || Object.keys(contexts).length > 0;
}
