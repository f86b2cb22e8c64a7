import type { ResolvedBuild } from "./build";
import { linesMoved, saysAlike } from "./kept";
import type { StageNode } from "./stages";
import type { Dockerfile } from "./types";

/**
 * What was resolved for an earlier tree, for the next one of the same text: its stages are the same list. Null where that
 * is not certain, and the build has to be resolved anew.
 *
 * Most keys change the words of one instruction, and nothing that one stage says of another. Then only a diagnostic can
 * be another one, so a build about which there is something to say is resolved anew each time.
 *
 * @param before a tree and what a build with the same options made of it
 */
export function resolvedAgain(
  before: { tree: Dockerfile; build: ResolvedBuild },
  tree: Dockerfile,
): ResolvedBuild | null {
  const { build } = before;
  if (build.diagnostics.length !== before.tree.diagnostics.length) return null;
  if (build.error !== null || !isWhole(before.tree) || !isWhole(tree)) return null;
  if (before.tree.escape !== tree.escape || !sameArgs(before.tree, tree)) return null;
  const stages = tree.stages as StageNode[];
  const known = before.tree.stages as StageNode[];
  if (stages.length !== known.length) return null;
  if (!stages.every((stage, at) => meansTheSame(known[at] as StageNode, stage))) return null;
  return { ...build, diagnostics: tree.diagnostics };
}

/** Nothing of it keeps a build from beginning. */
function isWhole({ error, graphError, diagnostics }: Dockerfile): boolean {
  return error === null && graphError === null && diagnostics.every(({ code }) => code !== "GraphError");
}

function sameArgs(a: Dockerfile, b: Dockerfile): boolean {
  return (
    a.globalArgs === b.globalArgs ||
    (a.globalArgs.length === b.globalArgs.length &&
      a.globalArgs.every(({ text }, at) => text === b.globalArgs[at]?.text))
  );
}

function meansTheSame(before: StageNode, now: StageNode): boolean {
  if (linesMoved(before, now) !== null) return true;
  return before.name === now.name && saysAlike(before, now) && !holdsBack(before) && !holdsBack(now);
}

/** What an ONBUILD says is of those stages that are built on this one. */
const holdsBack = ({ content }: StageNode) => content.run.read.some(({ keyword }) => keyword === "ONBUILD");
