/** What a build is asked for, as the language evaluates it. */
import type { Diagnostic, Dockerfile, EvaluateOptions, ResolvedBuild } from "../dockerfile";
import { resolveBuild } from "../dockerfile/build";
import { resolvedAgain } from "../dockerfile/buildAgain";
import { DEFAULT_PLATFORM, parsePlatform, splitPlatforms } from "../dockerfile/platform";
import type { BuildOptions } from "./events";

const evaluations = new WeakMap<BuildOptions, EvaluateOptions>();

/**
 * For checks, completion, hover and {@link buildOf}; `contexts` of the language are `--build-context`s by name. The same
 * object for the same options, as what is worked out with it is kept by it.
 */
export function evaluationOf(options: BuildOptions): EvaluateOptions {
  const known = evaluations.get(options) ?? evaluate(options);
  evaluations.set(options, known);
  return known;
}

function evaluate({ buildArgs, contexts, platform, target }: BuildOptions): EvaluateOptions {
  const options: EvaluateOptions = {
    buildArgs: new Map(Object.entries(buildArgs)),
    contexts: new Map(Object.entries(contexts)),
  };
  if (target !== null) options.target = target;
  // Of several the first: it is what the picture shows.
  const [first] = splitPlatforms(platform);
  const parsed = first === undefined ? null : parsePlatform(first, DEFAULT_PLATFORM);
  // A platform that cannot be read is refused when the build starts, and told there.
  return parsed === null || "error" in parsed ? options : { ...options, platform: parsed };
}

interface Known {
  tree: Dockerfile;
  options: BuildOptions;
  build: ResolvedBuild;
}
const builds = new WeakMap<Dockerfile, Known>();
/** By options, the last tree that was asked about: the next one mostly differs by a key. */
const latest = new WeakMap<BuildOptions, Known>();

/**
 * What a build with these options makes of every stage: whether the target needs it (`needed`), what a named context
 * puts in its place (`replacedBy`), what its FROM and its copies come to. Worked out once for a tree and its options, so
 * that a selector may ask.
 */
export function buildOf(tree: Dockerfile, options: BuildOptions): ResolvedBuild {
  const before = builds.get(tree);
  if (before?.options === options) return before.build;
  const earlier = latest.get(options);
  const again = earlier ? resolvedAgain(earlier, tree) : null;
  const known = { tree, options, build: again ?? resolveBuild(tree, evaluationOf(options)) };
  builds.set(tree, known);
  latest.set(options, known);
  return known.build;
}

const NONE: readonly Diagnostic[] = [];

/** What is wrong with the text in such a build, to be shown; nothing is where nobody has begun to write. */
export function faultsOf(tree: Dockerfile, options: BuildOptions): readonly Diagnostic[] {
  return tree.instructions.length === 0 && tree.source.trim() === ""
    ? NONE
    : buildOf(tree, options).diagnostics;
}
