import type { TextRange } from "../../text";
import type { ResolvedStage } from "../build";
import type { InstructionNode } from "../node";
import type { Step } from "../step";
import type { Dockerfile, Stage } from "../types";
import type { CheckOptions } from "./index";

/** What a rule is called and says in general (linter/ruleset.go). */
export interface RuleText {
  name: string;
  description: string;
  /** where BuildKit explains it; one rule has no page */
  url?: string;
  /** only where a file or a build asks for it */
  experimental?: true;
}

/** Says that a rule is broken at an instruction, or at a line of its own. */
export type Report = (place: InstructionNode | { line: number }, message: string, range?: TextRange) => void;

/** A FROM as it is resolved. */
export interface StageFacts {
  stage: Stage;
  node: InstructionNode;
  /** what this build makes of it */
  resolved: ResolvedStage;
  /** BuildKit looks its images up */
  reached: boolean;
  base: Expanded;
  platform: (Expanded & { written: string }) | null;
  /** names that FROM may use: predefined, then declared */
  declared: readonly string[];
  values: ReadonlyMap<string, string>;
}

export interface Expanded {
  /** null where it cannot be expanded */
  value: string | null;
  matched: ReadonlySet<string>;
  unmatched: ReadonlySet<string>;
}

/** What a step's rule remembers within a stage. */
export type StageMemory = Map<string, InstructionNode>;

/**
 * A rule looks at the file in up to four passes, as BuildKit does: the file as a whole, each instruction as it is read,
 * each FROM as it is resolved, each instruction as a stage comes to it. A `check=skip` in a comment right above an
 * instruction counts in all but the first.
 */
export interface Rule extends RuleText {
  file?(tree: Dockerfile, report: Report, options: CheckOptions): void;
  instruction?(node: InstructionNode, report: Report): void;
  stage?(facts: StageFacts, report: Report, options: CheckOptions): void;
  step?(step: Step, report: Report, memory: StageMemory, options: CheckOptions): void;
}

const PAGES = "https://docs.docker.com/go/dockerfile/rule/";

/** The page of a rule: its name in kebab case. */
export function page(name: string): string {
  return `${PAGES}${name}/`;
}
