/** A Dockerfile as BuildKit sees it, as plain data: what the command line prints and what conformance is judged by. */
import { toUpper } from "./characters";
import { checkDockerfile } from "./checks";
import type { InstructionNode } from "./node";
import type { Dockerfile, Stage, StageReference } from "./types";

/** Fields are there where BuildKit gets as far as knowing them. Lines are 1-based, words as they are before expansion. */
export interface Description {
  accepted: boolean;
  /** BuildKit's own words for why it refuses the file */
  error?: string;
  errorPhase?: "parse" | "instructions" | "nostage";
  errorLines?: [number, number][];
  escape?: string;
  /** name, first and last line; present whenever the parser itself got through */
  instructions?: [string, number, number][];
  stages?: StageDescription[];
  /** the stage that is needed, the stage that needs it, how, and where */
  edges?: [number, number, "from" | "copy" | "mount", number][];
  graphError?: string;
  /** build checks that are broken, and where */
  checks?: [string, number][];
}

export interface StageDescription {
  index: number;
  name: string;
  base: string;
  platform: string;
  line: number;
  endLine: number;
  copies: [string, number][];
  mounts: [string, number][];
}

/** Bytes that are no UTF-8 come as U+FFFD, as BuildKit prints them. */
export function describeDockerfile(tree: Dockerfile): Description {
  const { error, graphError } = tree;
  const result: Description = { accepted: tree.accepted };
  if (error !== null) {
    result.error = printable(error.message);
    result.errorPhase = error.phase;
    if (error.lines !== null) result.errorLines = linesOf(error.lines);
    if (error.phase === "parse") return result;
  }
  result.escape = tree.escape;
  result.instructions = (tree.instructions as InstructionNode[]).map((node) => [
    printable(toUpper(node.name)),
    node.startLine,
    node.endLine,
  ]);
  if (error !== null) return result;
  result.stages = tree.stages.map(describeStage);
  if (graphError !== null) {
    result.graphError = printable(graphError);
    return result;
  }
  result.edges = tree.edges.map(({ from, to, kind, reference }) => [
    from,
    to,
    kind,
    reference.instruction.startLine,
  ]);
  result.checks = checkDockerfile(tree).findings.map(({ rule, line }) => [rule, line]);
  return result;
}

function describeStage(stage: Stage): StageDescription {
  const uses = (references: StageReference[]): [string, number][] =>
    references.map(({ raw, instruction }) => [printable(raw), instruction.startLine]);
  return {
    index: stage.index,
    name: stage.name ?? "",
    base: printable(stage.baseText),
    platform: printable(stage.platform ?? ""),
    line: stage.base.instruction.startLine,
    endLine: stage.instructions.reduce((last, node) => Math.max(last, node.endLine), 0),
    copies: uses(stage.copies),
    mounts: uses(stage.mounts),
  };
}

function linesOf({ start, end }: { start: number; end: number }): [number, number][] {
  const lines: [number, number][] = [];
  for (let line = start; line <= end; line++) lines.push([line, line]);
  return lines;
}

/** Lone surrogates stand for bytes that are no UTF-8. */
export function printable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
