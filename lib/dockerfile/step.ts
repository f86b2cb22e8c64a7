import type { ResolvedStage } from "./build";
import type { InstructionNode } from "./node";
import type { Platform } from "./platform";
import type { Scope } from "./scope";
import type { Stage } from "./types";

/** What a stage is like while its instructions are gone through. */
export interface StageState {
  stage: Stage;
  /** what this build makes of it */
  resolved: ResolvedStage;
  /** what variables are worth: ENV and ARG, inherited ones included */
  variables: Scope<string>;
  /** of these, what the image itself carries */
  environment: Scope<string>;
  /** ARGs declared, with or without a value */
  args: Scope<true>;
  workdirSet: boolean;
  /** a SHELL of its own is set */
  hasShell: boolean;
  platform: Platform;
}

/** One `name=value` after expansion. */
export interface Pair {
  name: string;
  value: string | null;
}

/** An instruction as a stage comes to it, before it takes effect. */
export interface Step {
  node: InstructionNode;
  /** what to point at: the instruction, or the FROM of a stage that runs what its base holds back */
  at: InstructionNode;
  state: StageState;
  /** of ENV, LABEL and ARG */
  pairs: Pair[];
  /** expanded arguments, in their order: paths, a directory, a user; of EXPOSE split into words */
  words: string[];
  /** variables that are used and not set, once for each word they are used in */
  unset: string[];
  /** why a word of it cannot be expanded, in BuildKit's words: then it has no effect */
  failure: string | null;
}
