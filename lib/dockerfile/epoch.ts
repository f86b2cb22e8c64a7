import { cut, fold } from "./characters";
import { parseGitRef } from "./gitRef";
import { isHeredoc } from "./heredocs";
import { flagValue } from "./instructions/flags";
import type { InstructionNode } from "./node";
import { quote } from "./quote";
import { expand, type Variables } from "./shell";
import type { Stage } from "./types";
import { epochNumber, splitArg } from "./variables";

const NAME = "SOURCE_DATE_EPOCH";
/** lengths in hexadecimal */
const DIGESTS: Record<string, number> = { sha256: 64, sha384: 96, sha512: 128 };

class EpochError extends Error {}

/**
 * What is wrong with a SOURCE_DATE_EPOCH set before the first FROM, or null (dockerfile2llb/epoch.go). It is a number, or
 * `context`, or the name of a stage that adds one remote file to nothing.
 */
export function epochError(
  value: string,
  stages: readonly Stage[],
  variables: Variables,
  escapeToken: string,
): string | null {
  if (epochNumber(value) !== null || value === "context") return null;
  const wanted = fold(value);
  const stage = stages.find((each) => each.name !== null && fold(each.name) === wanted);
  if (stage === undefined) return `invalid ${NAME}: ${value}`;
  try {
    checkSource(stage, new Map([...variables].filter(([name]) => name !== NAME)), escapeToken);
    return null;
  } catch (error) {
    if (error instanceof EpochError) return error.message;
    throw error;
  }
}

function expanded(word: string, variables: Variables, escapeToken: string, prefix = ""): string {
  const result = expand(word, variables, { escape: escapeToken });
  if (!result.ok) throw new EpochError(prefix + result.error);
  return result.value;
}

/** sourceDateEpochStageSource */
function checkSource(stage: Stage, variables: Map<string, string>, escapeToken: string): void {
  const what = `failed to process source stage base name ${quote(stage.baseText)}: `;
  if (expanded(stage.baseText, variables, escapeToken, what) !== "scratch") {
    throw new EpochError(`${NAME} stage must use FROM scratch`);
  }
  let found = false;
  for (const node of stage.instructions as InstructionNode[]) {
    if (node.keyword === "FROM") continue;
    if (node.keyword === "ARG") {
      for (const word of node.values) {
        const { name, value } = splitArg(word);
        if (value !== null) variables.set(name, expanded(value, variables, escapeToken));
      }
    } else if (node.keyword === "ADD") {
      if (found) throw new EpochError(`${NAME} stage must contain exactly one remote ADD`);
      checkAdd(node, variables, escapeToken);
      found = true;
    } else {
      const message = `stage does not meet source-only requirements: unsupported ${node.name} instruction`;
      throw new EpochError(`${NAME} ${message}`);
    }
  }
  if (!found) throw new EpochError(`${NAME} stage must contain exactly one remote ADD`);
}

/** sourceDateEpochAddSource */
function checkAdd(node: InstructionNode, variables: Variables, escapeToken: string): void {
  const sources = node.values.slice(0, -1);
  if (sources.length !== 1 || sources.some(isHeredoc)) {
    throw new EpochError(`${NAME} stage must contain exactly one remote ADD source`);
  }
  const source = expanded(sources[0] as string, variables, escapeToken);
  const checksum = flagValue(node, "checksum")?.value ?? "";
  const git = parseGitRef(source);
  if (/^https?:\/\//.test(source) && (git === null || git.error !== null)) {
    const error = checksum === "" ? null : digestError(expanded(checksum, variables, escapeToken));
    if (error !== null) throw new EpochError(error);
    return;
  }
  if (git === null) throw new EpochError(`${NAME} stage source must be a single HTTP(S) or Git ADD`);
  if (git.error !== null) throw new EpochError(git.error);
  if (git.likeLocal) throw new EpochError(`${NAME} stage source must be a single HTTP(S) or Git ADD`);
  if (checksum !== "") expanded(checksum, variables, escapeToken);
}

/** What go-digest's Parse finds wrong, or null. */
export function digestError(text: string): string | null {
  const [algorithm, encoded] = cut(text, ":");
  if (algorithm === "" || !encoded) return "invalid checksum digest format";
  const length = DIGESTS[algorithm];
  if (length === undefined) {
    const wellFormed = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/.test(text);
    return wellFormed ? "unsupported digest algorithm" : "invalid checksum digest format";
  }
  if (encoded.length !== length) return "invalid checksum digest length";
  return /^[a-f0-9]+$/.test(encoded) ? null : "invalid checksum digest format";
}
