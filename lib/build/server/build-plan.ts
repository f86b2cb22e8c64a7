/** Which stages a build is to make, from the Dockerfile and what was chosen. */
import { type Dockerfile, resolveBuild } from "../../dockerfile";
import { evaluationOf } from "../evaluation";
import type { BuildOptions } from "../events";

export interface BuildPlan {
  /** Index of the stage whose image is the result. */
  target: number;
  /** Stages to build, the target among them. */
  stages: number[];
  /** Those that the target is made from, itself included. */
  needed: ReadonlySet<number>;
}

export class UnbuildableError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
    this.name = "UnbuildableError";
  }
}

export function planBuild(tree: Dockerfile, options: BuildOptions): BuildPlan {
  const count = tree.stages.length;
  if (count === 0) {
    throw new UnbuildableError("The Dockerfile has no stage to build.", "A stage begins with FROM: add one.");
  }
  const target = options.target ?? count - 1;
  if (target >= count) {
    throw new UnbuildableError(
      `There is no stage ${target}: the Dockerfile has ${count}.`,
      "Choose another target for the build.",
    );
  }
  const build = resolveBuild(tree, { ...evaluationOf(options), target });
  const needed = new Set(build.stages.filter((stage) => stage.needed).map(({ index }) => index));
  const stages = tree.stages.map(({ index }) => index);
  return {
    target,
    stages: options.everyStage ? stages : stages.filter((index) => needed.has(index)),
    needed,
  };
}
