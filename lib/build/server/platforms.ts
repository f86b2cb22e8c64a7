/** Whether a host can build for the platforms that are asked for: said before anything runs. */
import { type Dockerfile, type ResolvedBuild, resolveBuild } from "../../dockerfile";
import { DEFAULT_PLATFORM, formatPlatform, type Platform, parsePlatform } from "../../dockerfile/platform";
import { evaluationOf } from "../evaluation";
import type { BuildOptions } from "../options";
import { perPlatform } from "../platforms";
import { type BuildPlan, UnbuildableError } from "./build-plan";
import type { HostConnection } from "./host-connection";

type Host = Pick<HostConnection, "name" | "engine" | "platform" | "platforms" | "store" | "features">;

/** Throws an UnbuildableError where it cannot. */
export function refusePlatforms(host: Host, tree: Dockerfile, options: BuildOptions, plan: BuildPlan): void {
  if (options.platform === null) return;
  const wanted = perPlatform(options);
  for (const { platform } of wanted) {
    const parsed = parsePlatform(platform ?? "", DEFAULT_PLATFORM);
    if ("error" in parsed) throw unreadable(platform ?? "");
  }
  if (wanted.length > 1 && !host.features.multiPlatform) throw oneAtATime(host);
  for (const each of wanted) refuseForeignSteps(host, tree, each, plan);
}

/** The host would begin, and the first program of another processor would end the build. */
function refuseForeignSteps(host: Host, tree: Dockerfile, options: BuildOptions, plan: BuildPlan): void {
  const own = platformOf(host.platform);
  const build = resolveBuild(tree, { ...evaluationOf(options), buildPlatform: own, target: plan.target });
  for (const stage of build.stages) {
    if (!plan.stages.includes(stage.index) || stage.replacedBy !== null) continue;
    if (canRun(host, own, stage.platform)) continue;
    const run = tree.stages[stage.index]!.instructions.find(({ keyword }) => keyword === "RUN");
    if (run) throw foreign(host, formatPlatform(stage.platform), stageWord(tree, stage), run.startLine);
  }
}

/** Lists of hosts leave out what their processor does besides: 386 where it is amd64, and some arm where it is arm64. */
function canRun({ platforms }: Host, own: Platform, wanted: Platform): boolean {
  const name = formatPlatform({ ...wanted, osVersion: "" });
  if (platforms.some((each) => formatPlatform(platformOf(each)) === name)) return true;
  if (wanted.os !== own.os) return false;
  if (wanted.architecture === own.architecture) return true;
  const older = own.architecture === "amd64" ? "386" : own.architecture === "arm64" ? "arm" : null;
  return wanted.architecture === older;
}

function platformOf(text: string): Platform {
  const parsed = parsePlatform(text, DEFAULT_PLATFORM);
  return "error" in parsed ? DEFAULT_PLATFORM : parsed;
}

const stageWord = (tree: Dockerfile, { index }: ResolvedBuild["stages"][number]) =>
  tree.stages[index]?.name ?? `stage ${index}`;

const unreadable = (platform: string) =>
  new UnbuildableError(
    `“${platform}” is no platform.`,
    "They look like linux/arm64 or linux/arm/v7; several stand with commas between them.",
  );

function oneAtATime({ name, store, engine }: Host): UnbuildableError {
  return store === "containerd"
    ? new UnbuildableError(
        `The Docker host ${name} runs Engine ${engine}, which cannot be asked for the image of one platform among several.`,
        "Build for one platform at a time, or on Engine 28 or newer.",
      )
    : new UnbuildableError(
        `The Docker host ${name} keeps images in ${store}, which holds no image for several platforms.`,
        "Build for one platform at a time, build on another host, or turn the containerd image store on there (“containerd-snapshotter” in daemon.json).",
      );
}

function foreign(host: Host, platform: string, stage: string, line: number): UnbuildableError {
  return new UnbuildableError(
    `The RUN in line ${line} (${stage}) is for ${platform}, and the Docker host ${host.name} runs programs of ${host.platforms.join(", ")} only.`,
    "Let the stage run on the host’s own platform (FROM --platform=$BUILDPLATFORM) and copy its result, install an emulator on the host (“docker run --privileged --rm tonistiigi/binfmt --install all”), or build on another host.",
  );
}
