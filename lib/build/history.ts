/** What a list of builds says about each. */
import type { BuildOptions } from "./events";

/**
 * Bytes of the stage that the build's result was made from: the target, or the last one. Null where it was not
 * weighed. `sizes` is by stage index.
 */
export function finalSize(build: {
  status: string;
  options: Pick<BuildOptions, "target">;
  sizes: Readonly<Record<string, number>>;
}): number | null {
  const { target } = build.options;
  if (target !== null) return build.sizes[target] ?? null;
  // Only a build that succeeded has come to its last stage.
  if (build.status !== "succeeded") return null;
  const stages = Object.keys(build.sizes).map(Number);
  return stages.length === 0 ? null : (build.sizes[Math.max(...stages)] ?? null);
}
