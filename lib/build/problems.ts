/** Everything that is wrong with a Dockerfile or its build, in one list: what, where, what to do. */
import type { Diagnostic, Dockerfile, Severity } from "../dockerfile";
import type { Place } from "./events";
import type { BuildState } from "./state";

export interface Problem {
  key: string;
  severity: Severity;
  /** Whose words these are. */
  from: "Dockerfile" | "build";
  message: string;
  hint: string | null;
  /** The builder's own output, whole. */
  detail: string | null;
  /** The last lines that the step wrote before it failed are in the log under this vertex. */
  vertex: string | null;
  exitCode: number | null;
  url: string | null;
  /** 1-based, in today's text. */
  line: number | null;
  place: Place | null;
  /** Of the text: what was found, for who can mend it. */
  finding: Diagnostic | null;
}

export type Outcome = Pick<BuildState, "status" | "error" | "warnings">;

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/**
 * Errors first; within a severity, in the order of the file. `build` has its places moved to today's text; `findings` are
 * what checks say beside the parser, `diagnostics` what the text and a build's options come to (`buildOf`).
 */
export function problemsOf(
  tree: Dockerfile,
  build: Outcome | null,
  findings: readonly Diagnostic[] = [],
  diagnostics: readonly Diagnostic[] = tree.diagnostics,
): Problem[] {
  const found = [...diagnostics, ...findings];
  const problems = [...ofText(tree, found), ...(build ? ofBuild(tree, build, found) : [])];
  return problems.sort(
    (a, b) => RANK[a.severity] - RANK[b.severity] || (a.line ?? Infinity) - (b.line ?? Infinity),
  );
}

function ofText(tree: Dockerfile, found: readonly Diagnostic[]): Problem[] {
  return found.map((diagnostic, index) => {
    const { line } = tree.lines.position(diagnostic.range.start);
    return {
      key: `text:${index}`,
      severity: diagnostic.severity,
      from: "Dockerfile",
      message: diagnostic.message,
      hint: null,
      detail: null,
      vertex: null,
      exitCode: null,
      url: diagnostic.url ?? null,
      line,
      place: placeAtLine(tree, line),
      finding: diagnostic,
    };
  });
}

function ofBuild(tree: Dockerfile, build: Outcome, found: readonly Diagnostic[]): Problem[] {
  const problems: Problem[] = [];
  const { error } = build;
  if (error) {
    const place = error.place ?? null;
    problems.push({
      key: "build:error",
      severity: build.status === "canceled" ? "info" : "error",
      from: "build",
      message: error.message,
      hint: error.hint ?? null,
      detail: error.detail ?? null,
      vertex: error.vertex ?? null,
      exitCode: error.exitCode ?? null,
      url: null,
      line: place ? lineOf(tree, place) : (error.lines?.[0] ?? null),
      place,
      finding: null,
    });
  }
  const seen = new Set<string>();
  for (const [index, warning] of build.warnings.entries()) {
    const line = warning.lines?.[0] ?? null;
    // Each stage of a build that is solved on its own repeats the warnings of the whole file.
    const same = `${line} ${warning.message}`;
    if (seen.has(same) || found.some((each) => isSaid(each, warning.message))) continue;
    seen.add(same);
    problems.push({
      key: `build:warning:${index}`,
      severity: "warning",
      from: "build",
      message: warning.message,
      hint: null,
      detail: warning.detail ?? null,
      vertex: warning.vertex ?? null,
      exitCode: null,
      url: warning.url ?? null,
      line,
      place: line === null ? null : placeAtLine(tree, line),
      finding: null,
    });
  }
  return problems;
}

/** BuildKit's warnings of a check: the rule's name, its message and the line of the text that was built. */
function isSaid({ code, message }: Diagnostic, warning: string): boolean {
  return warning === message || warning.startsWith(`${code}: ${message}`);
}

function lineOf(tree: Dockerfile, place: Place): number | null {
  return tree.stages[place.stage]?.instructions[place.instruction]?.startLine ?? null;
}

function placeAtLine(tree: Dockerfile, line: number): Place | null {
  // Of a long text there may be something to say in every stage: the stage is looked for by halves.
  const stage = lastFrom(tree.stages, line, ({ instructions }) => instructions[0]?.startLine);
  if (!stage) return null;
  const found = lastFrom(stage.instructions, line, ({ startLine }) => startLine);
  return found && line <= found.endLine ? { stage: stage.index, instruction: found.indexInStage } : null;
}

/** The last that begins at a line or before it, of what stands in the order of the text. */
function lastFrom<T>(
  list: readonly T[],
  line: number,
  begins: (each: T) => number | undefined,
): T | undefined {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((begins(list[middle] as T) ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}
