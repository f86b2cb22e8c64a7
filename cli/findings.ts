/** Everything there is to say about a file, in the order of its lines. */
import {
  buildFaults,
  checkDockerfile,
  type Diagnostic,
  type Dockerfile,
  findingDiagnostics,
  resolveBuild,
} from "../lib/dockerfile";
import type { BuildOptions } from "../lib/dockerfile/variables";

export interface Report {
  findings: Diagnostic[];
  /** BuildKit would not build the file */
  fails: boolean;
}

/** Of a build of a file with these options: names that no image could have are errors only there. */
export function reportOn(tree: Dockerfile, options: BuildOptions): Report {
  const build = resolveBuild(tree, options);
  const errors = errorsOf(build);
  if (build.error !== null && errors.length === 0) {
    const range = { start: 0, end: 0 };
    errors.push({ severity: "error", code: "GraphError", message: build.error, range });
  }
  errors.push(...buildFaults(tree, options));
  const { findings, failsBuild, configError } = checkDockerfile(tree, options);
  if (configError !== null) {
    const line = tree.directives.find(({ name }) => name === "check");
    const range = line?.range ?? { start: 0, end: 0 };
    errors.push({ severity: "error", code: "CheckDirective", message: configError, range });
  }
  const all = [...errors, ...findingDiagnostics(findings)];
  all.sort((a, b) => a.range.start - b.range.start);
  return { findings: all, fails: errors.length > 0 || failsBuild };
}

export function errorsOf({ diagnostics }: { diagnostics: readonly Diagnostic[] }): Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "error");
}
