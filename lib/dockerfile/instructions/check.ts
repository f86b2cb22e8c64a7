import { fold, toLower, toUpper, trimSpace } from "../characters";
import { isHeredoc } from "../heredocs";
import { KEYWORDS } from "../keywords";
import { deviceError, readMount } from "../mounts";
import type { InstructionContent } from "../node";
import { quote } from "../quote";
import { didYouMean } from "../suggest";
import { type Fault, inArgument, inFlag, plain } from "./fault";
import { flagProblem, flagValue } from "./flags";
import { checkHealthcheck } from "./healthcheck";

/**
 * Why BuildKit's instructions package would not take an instruction that its parser took, or null
 * (instructions/parse.go). The order of the tests is BuildKit's: it decides which fault is told.
 */
export function checkInstruction(node: InstructionContent): Fault | null {
  const check = CHECKS[node.keyword];
  if (check !== undefined) return check(node);
  return plain(`unknown instruction: ${node.name}${didYouMean(node.name, KEYWORDS, false)}`);
}

const CHECKS: Readonly<Record<string, (node: InstructionContent) => Fault | null>> = {
  ADD: checkCopy,
  ARG: checkArg,
  CMD: flagProblem,
  COPY: checkCopy,
  ENTRYPOINT: flagProblem,
  ENV: checkPairs,
  EXPOSE: atLeastOne,
  FROM: checkFrom,
  HEALTHCHECK: checkHealthcheck,
  LABEL: checkPairs,
  MAINTAINER: checkOne,
  ONBUILD: checkOnbuild,
  RUN: checkRun,
  SHELL: checkShell,
  STOPSIGNAL: exactlyOne,
  USER: checkOne,
  VOLUME: checkVolume,
  WORKDIR: checkOne,
};

function atLeastOne(node: InstructionContent): Fault | null {
  return noArguments(node) ?? flagProblem(node);
}

function noArguments({ keyword, list }: InstructionContent): Fault | null {
  return list.words.length === 0 ? plain(`${keyword} requires at least one argument`) : null;
}

function blankName({ keyword, list }: InstructionContent): Fault | null {
  const blank = list.words.findIndex(({ value }) => value.startsWith("="));
  return blank === -1 ? null : inArgument(`${keyword} names can not be blank`, blank);
}

function exactlyOne(node: InstructionContent): Fault | null {
  return node.list.words.length === 1 ? null : plain(`${node.keyword} requires exactly one argument`);
}

function checkOne(node: InstructionContent): Fault | null {
  return exactlyOne(node) ?? flagProblem(node);
}

function checkArg(node: InstructionContent): Fault | null {
  return noArguments(node) ?? blankName(node);
}

function checkPairs(node: InstructionContent): Fault | null {
  const problem = flagProblem(node);
  if (problem !== null) return inFlag(problem);
  return noArguments(node) ?? (node.list.legacy ? null : blankName(node));
}

function checkCopy(node: InstructionContent): Fault | null {
  const { words } = node.list;
  if (words.length < 2) {
    return plain(
      `${node.keyword} requires at least two arguments, but only one was provided. Destination could not be determined`,
    );
  }
  const problem = flagProblem(node);
  if (problem !== null) return inFlag(problem);
  const last = words.length - 1;
  if (!isHeredoc(words[last]?.value ?? "")) return null;
  return inArgument(`${node.keyword} cannot accept a heredoc as a destination`, last);
}

const STAGE_NAME = /^[a-z][a-z0-9\-_.]*$/;

/** The lower-case name a stage gets from what is written behind AS, or null where BuildKit refuses it. */
export function stageNameOf(written: string): string | null {
  const name = toLower(written);
  return STAGE_NAME.test(name) ? name : null;
}

function checkFrom(node: InstructionContent): Fault | null {
  const { words } = node.list;
  if (words.length === 3 && fold(words[1]?.value ?? "") === "as") {
    const name = words[2]?.value ?? "";
    if (stageNameOf(name) === null) {
      const reason = "name can't start with a number or contain symbols";
      return inArgument(`invalid name for build stage: ${quote(name)}, ${reason}`, 2);
    }
  } else if (words.length !== 1) return plain("FROM requires either one or three arguments");
  return flagProblem(node);
}

function checkOnbuild(node: InstructionContent): Fault | null {
  if (node.trigger === null) return plain("ONBUILD requires at least one argument");
  const problem = flagProblem(node);
  if (problem !== null) return inFlag(problem);
  const trigger = toUpper(trimSpace(node.trigger.name));
  if (trigger === "ONBUILD") return plain("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  if (trigger !== "MAINTAINER" && trigger !== "FROM") return null;
  return plain(`${trigger} isn't allowed as an ONBUILD trigger`);
}

const NETWORKS = new Set(["default", "none", "host"]);
const SECURITIES = new Set(["insecure", "sandbox"]);

function checkRun(node: InstructionContent): Fault | null {
  const problem = flagProblem(node);
  if (problem !== null) return inFlag(problem);
  if (node.rawFlags.length === 0) return null;
  for (const [flag, { word }] of node.rawFlags.entries()) {
    const error = word.startsWith("--device=") ? deviceError(word.slice("--device=".length)) : null;
    if (error !== null) return inFlag({ message: error, flag });
  }
  for (const [flag, { word }] of node.rawFlags.entries()) {
    const mount = word.startsWith("--mount=") ? readMount(word.slice("--mount=".length)) : null;
    if (mount !== null && "error" in mount) return inFlag({ message: mount.error, flag });
  }
  const network = flagValue(node, "network");
  if (network !== null && !NETWORKS.has(network.value)) {
    return inFlag({ message: `invalid network mode ${quote(network.value)}`, flag: network.flag });
  }
  const security = flagValue(node, "security");
  if (security !== null && !SECURITIES.has(security.value)) {
    return inFlag({ message: `security ${quote(security.value)} is not valid`, flag: security.flag });
  }
  return null;
}

function checkShell(node: InstructionContent): Fault | null {
  const problem = flagProblem(node);
  if (problem !== null) return inFlag(problem);
  const form = node.list.json ? null : plain("SHELL requires the arguments to be in JSON form");
  return noArguments(node) ?? form;
}

function checkVolume(node: InstructionContent): Fault | null {
  const blank = node.list.words.findIndex((word) => trimSpace(word.value) === "");
  const fault = blank === -1 ? null : inArgument("VOLUME specified can not be an empty string", blank);
  return atLeastOne(node) ?? fault;
}
