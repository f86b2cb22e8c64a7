/** What a build is asked for, from the options that `docker buildx build` has for it. */
import { formatPlatform, parsePlatform, type ResolvedBuild } from "../lib/dockerfile";
import { DEFAULT_PLATFORM } from "../lib/dockerfile/platform";
import type { BuildOptions } from "../lib/dockerfile/variables";

/** As `parseArgs` of Node gives them. */
export interface BuildFlags {
  target?: string;
  platform?: string;
  "build-arg"?: string[];
  "build-context"?: string[];
}

/** For `parseArgs`. */
export const BUILD_FLAGS = {
  target: { type: "string" },
  platform: { type: "string" },
  "build-arg": { type: "string", multiple: true },
  "build-context": { type: "string", multiple: true },
} as const;

/** Null where none is given; a sentence where one cannot be read. A build argument without a value is the environment's. */
export function readBuildOptions(flags: BuildFlags): BuildOptions | null | string {
  const { target, platform, "build-arg": args, "build-context": contexts } = flags;
  if (target === undefined && platform === undefined && args === undefined && contexts === undefined) {
    return null;
  }
  const options: BuildOptions = {};
  if (target !== undefined) options.target = target;
  if (platform !== undefined) {
    const read = parsePlatform(platform, DEFAULT_PLATFORM);
    if ("error" in read) return `--platform: ${read.error}`;
    options.platform = read;
    options.buildPlatform = DEFAULT_PLATFORM;
  }
  if (args !== undefined) options.buildArgs = readArgs(args);
  if (contexts !== undefined) {
    const read = new Map<string, string>();
    for (const each of contexts) {
      const equals = each.indexOf("=");
      if (equals <= 0) return `--build-context takes NAME=SOURCE, not ${JSON.stringify(each)}.`;
      read.set(each.slice(0, equals), each.slice(equals + 1));
    }
    options.contexts = read;
  }
  return options;
}

function readArgs(args: readonly string[]): Map<string, string> {
  const read = new Map<string, string>();
  for (const each of args) {
    const equals = each.indexOf("=");
    const name = equals === -1 ? each : each.slice(0, equals);
    const value = equals === -1 ? process.env[name] : each.slice(equals + 1);
    if (value !== undefined) read.set(name, value);
  }
  return read;
}

/** A build as plain data for JSON. */
export function describeBuild(build: ResolvedBuild) {
  return {
    target: build.target,
    error: build.error,
    stages: build.stages.map(({ platform, ...stage }) => ({ ...stage, platform: formatPlatform(platform) })),
    contexts: {
      used: build.usedContexts.map(({ name }) => name),
      unknown: build.unknownContexts.map(({ name }) => name),
    },
  };
}
