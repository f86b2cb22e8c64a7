import { type EvaluateOptions, evaluate } from "../evaluate";
import { type Fault, plain } from "../instructions/fault";
import type { Step } from "../step";
import type { Diagnostic, Dockerfile } from "../types";
import { copyFault } from "./copy";
import { mountFault } from "./mount";
import { portFault } from "./port";
import { signalFault } from "./signal";

/**
 * What BuildKit finds wrong only once it comes to an instruction, with its variables expanded (dockerfile2llb/convert.go,
 * dispatch): an error for each instruction that would stop this build, in its words. Stages that the build does not get to
 * have none, and neither has a file that BuildKit stops at sooner.
 */
export function buildFaults(tree: Dockerfile, options: EvaluateOptions = {}): Diagnostic[] {
  if (!tree.accepted) return [];
  const found: Diagnostic[] = [];
  evaluate(tree, options, (step) => {
    const { reached, replacedBy } = step.state.resolved;
    if (!reached || replacedBy !== null) return;
    const fault = faultOf(step, tree.escape);
    if (fault === null) return;
    const flag = step.at === step.node && fault.flag !== undefined ? step.node.flags[fault.flag] : undefined;
    const range = flag?.range ?? step.at.argsRange;
    found.push({ severity: "error", code: "BuildFault", message: fault.message, range });
  });
  return found;
}

/** What BuildKit says of an instruction as a stage comes to it; null where it goes on. Of Windows' paths nothing is known. */
export function faultOf(step: Step, escapeToken: string): Fault | null {
  const { node, words, failure } = step;
  // It reads a mount option by option: the first that is wrong may stand before the one that cannot be expanded.
  if (node.keyword === "RUN") return mountFault(step, escapeToken);
  if (failure !== null) return plain(failure);
  switch (node.keyword) {
    case "ADD":
    case "COPY":
      return copyFault(step, escapeToken);
    case "EXPOSE":
      return firstOf(words, portFault);
    case "STOPSIGNAL":
      return firstOf(words, signalFault);
    case "VOLUME":
      return words.includes("") ? plain("VOLUME specified can not be an empty string") : null;
    default:
      return null;
  }
}

function firstOf(words: readonly string[], read: (word: string) => string | null): Fault | null {
  for (const word of words) {
    const found = read(word);
    if (found !== null) return plain(found);
  }
  return null;
}
