import type { Dockerfile, Instruction, Stage } from "../../types";
import type { GraphRule } from "./rule";

/** Last parts of the names of images that carry a compiler. */
const TOOLCHAINS = new Set([
  "golang",
  "rust",
  "gcc",
  "maven",
  "gradle",
  "sdk",
  "swift",
  "haskell",
  "buildpack-deps",
]);

/** A compiler in the image that is shipped: most often a stage that should have been a stage of its own. */
export const buildStageShips: GraphRule = {
  name: "BuildStageShips",
  description: "The last stage stands on an image that is made for building",
  check(tree, report) {
    const last = tree.stages[tree.stages.length - 1];
    if (last === undefined || !last.instructions.some(({ keyword }) => keyword === "RUN")) return;
    const root = rootOf(tree, last);
    if (root.base.target.kind !== "image") return;
    const name = lastPart(root.base.target.ref);
    if (name === null || !TOOLCHAINS.has(name)) return;
    const message = `What ships stands on ${root.baseText}, compiler and all: a last stage on a smaller image could take just the result with COPY --from`;
    report(last.instructions[0] as Instruction, message, last.baseRange);
  },
};

function rootOf(tree: Dockerfile, stage: Stage): Stage {
  let root = stage;
  const seen = new Set<number>();
  while (root.base.target.kind === "stage" && !seen.has(root.index)) {
    seen.add(root.index);
    root = tree.stages[root.base.target.index] as Stage;
  }
  return root;
}

function lastPart(ref: string): string | null {
  const tag = ref.split("@")[0] as string;
  // A slim variant is made for running.
  if (/:[^/]*(?:slim|runtime)[^/]*$/.test(tag)) return null;
  return parseLast(tag);
}

function parseLast(ref: string): string | null {
  const path = ref.replace(/:[^/:]*$/, "");
  return path.slice(path.lastIndexOf("/") + 1) || null;
}
