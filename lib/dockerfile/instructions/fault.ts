import type { FlagProblem } from "./flags";

/** Why BuildKit would not take an instruction, in its words, and the flag or argument that is to blame. */
export interface Fault {
  message: string;
  flag?: number;
  argument?: number;
}

export function plain(message: string): Fault {
  return { message };
}

export function inFlag(problem: FlagProblem): Fault {
  return problem;
}

export function inArgument(message: string, argument: number): Fault {
  return { message, argument };
}
