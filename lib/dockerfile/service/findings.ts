import { type CheckOptions, checkDockerfile, findingDiagnostics } from "../checks";
import { checkGraph } from "../checks/graph";
import { buildFaults } from "../faults";
import type { Diagnostic, Dockerfile } from "../types";

const NO_OPTIONS: CheckOptions = {};
const known = new WeakMap<Dockerfile, { options: CheckOptions; findings: readonly Diagnostic[] }>();

/**
 * What would stop a build with these options, BuildKit's checks for it, and the graph's; worked out once for a tree and its options (the very
 * object). What the parser says is in `tree.diagnostics`.
 */
export function findingsOf(tree: Dockerfile, options = NO_OPTIONS): readonly Diagnostic[] {
  const before = known.get(tree);
  if (before?.options === options) return before.findings;
  const findings = [
    ...buildFaults(tree, options),
    ...findingDiagnostics(checkDockerfile(tree, options).findings),
    ...checkGraph(tree),
  ];
  noteFindings(tree, options, findings);
  return findings;
}

/** Keeps what was found elsewhere in a tree of the same text: {@link findingsOf} then says it. */
export function noteFindings(tree: Dockerfile, options: CheckOptions, findings: readonly Diagnostic[]): void {
  known.set(tree, { options, findings });
}
