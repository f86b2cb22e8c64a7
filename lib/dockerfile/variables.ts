import { cut } from "./characters";
import type { GivenContexts } from "./contexts";
import type { InstructionNode } from "./node";
import { readInt64 } from "./numbers";
import { DEFAULT_PLATFORM, formatPlatform, type Platform } from "./platform";
import { expand, type Variables } from "./shell";
import type { Dockerfile, Stage } from "./types";

/** What a build is asked for; what is missing is as `docker build` without options on linux/amd64. */
export interface BuildOptions {
  buildArgs?: Variables;
  platform?: Platform;
  buildPlatform?: Platform;
  /** the stage to build: its name, or its index, as a stage without a name can be meant, too; the last one otherwise */
  target?: string | number;
  /** `--build-context`: sources by name as given, `alpine` to `docker-image://alpine:3.20`; see contexts.ts */
  contexts?: GivenContexts;
}

/** ARGs that BuildKit knows without a declaration before the first FROM (dockerfile2llb/platform.go, defaultArgs). */
export function predefinedArgs(options: BuildOptions, stages: readonly Stage[]): Map<string, string> {
  const build = options.buildPlatform ?? options.platform ?? DEFAULT_PLATFORM;
  const target = options.platform ?? build;
  const args = new Map([
    ["BUILDPLATFORM", formatPlatform({ ...build, osVersion: "" })],
    ["BUILDOS", build.os],
    ["BUILDOSVERSION", build.osVersion],
    ["BUILDARCH", build.architecture],
    ["BUILDVARIANT", build.variant],
    ["TARGETPLATFORM", formatPlatform(target)],
    ["TARGETOS", target.os],
    ["TARGETOSVERSION", target.osVersion],
    ["TARGETARCH", target.architecture],
    ["TARGETVARIANT", target.variant],
    ["TARGETSTAGE", targetName(options.target, stages) || "default"],
  ]);
  for (const name of args.keys()) {
    const given = options.buildArgs?.get(name);
    if (given !== undefined) args.set(name, given);
  }
  return args;
}

function targetName(target: string | number | undefined, stages: readonly Stage[]): string | null {
  if (typeof target === "string" && target !== "") return target;
  return stages[typeof target === "number" ? target : stages.length - 1]?.name ?? null;
}

export const EPOCH = "SOURCE_DATE_EPOCH";

/** The number as BuildKit writes it where ARGs are used, or null where it is none: then it is not set. */
export function epochNumber(value: string): string | null {
  return readInt64(value)?.toString() ?? null;
}

/** What global ARGs are worth, and which are declared. */
export interface GlobalScope {
  values: Map<string, string>;
  /** names that FROM may use without a warning, in order: predefined, then declared */
  declared: Set<string>;
  /** why an ARG's default cannot be expanded */
  error: { message: string; instruction: InstructionNode } | null;
  /** SOURCE_DATE_EPOCH as it was set; among the values it is a number or not at all */
  epoch: { value: string; instruction: InstructionNode | null } | null;
}

/** Values of a file's global ARGs in a build, and which of them FROM may use. */
export function globalScope(tree: Dockerfile, options: BuildOptions): GlobalScope {
  const args = tree.globalArgs.filter((node) => node.keyword === "ARG") as InstructionNode[];
  return evaluateGlobalArgs(args, predefinedArgs(options, tree.stages), tree.escape, options.buildArgs);
}

/** Evaluates the ARGs before the first FROM (dockerfile2llb/convert.go, buildMetaArgs). */
export function evaluateGlobalArgs(
  args: readonly InstructionNode[],
  predefined: Map<string, string>,
  escapeToken: string,
  buildArgs?: Variables,
): GlobalScope {
  const values = new Map(predefined);
  const declared = new Set(predefined.keys());
  let epochArg: InstructionNode | null = null;
  for (const instruction of args) {
    for (const { value: word } of instruction.list.words) {
      const { name, value } = splitArg(word);
      declared.add(name);
      const given = buildArgs?.get(name);
      if (given !== undefined) values.set(name, given);
      else if (value !== null) {
        const result = expand(value, values, { escape: escapeToken });
        if (!result.ok)
          return { values, declared, error: { message: result.error, instruction }, epoch: null };
        values.set(name, result.value);
      }
      if (name === EPOCH) epochArg = instruction;
    }
  }
  const given = buildArgs?.get(EPOCH);
  // As a build argument it counts for the build also where no ARG declares it.
  const undeclared = given ? { value: given, instruction: null } : null;
  const epoch = epochArg === null ? undeclared : settleEpoch(values, epochArg);
  return { values, declared, error: null, epoch };
}

function settleEpoch(values: Map<string, string>, instruction: InstructionNode): GlobalScope["epoch"] {
  const value = values.get(EPOCH) ?? "";
  if (value === "") return null;
  const number = epochNumber(value);
  if (number === null) values.delete(EPOCH);
  else values.set(EPOCH, number);
  return { value, instruction };
}

/** `NAME=value` or `NAME` */
export function splitArg(word: string): { name: string; value: string | null } {
  const [name, value] = cut(word, "=");
  return { name, value };
}
