import type { ResolvedSource } from "../../build";
import type { InstructionNode } from "../../node";
import { DEFAULT_PLATFORM, formatPlatform, type Platform } from "../../platform";
import { stageNumber } from "../../sourceNames";
import type { CheckOptions } from "../index";
import type { Report, Rule } from "../rule";

/**
 * Known only to who has the images: `options.imagePlatform` says what a reference was pulled as. Images that files are
 * copied from are held to it, too, also by what the base of a stage holds back for it; those that a named context stands
 * in for are not.
 */
export const invalidBaseImagePlatform: Rule = {
  name: "InvalidBaseImagePlatform",
  description: "Base image platform does not match expected target platform",
  stage({ stage, node, resolved, reached }, report, options) {
    if (!reached) return;
    if (resolved.replacedBy === null) {
      compare(resolved.base, resolved.platform, report, options, node, stage.baseRange);
    }
    const target = options.platform ?? DEFAULT_PLATFORM;
    const sources = [...resolved.copies, ...resolved.mounts];
    for (const [index, { instruction, range, raw, kind }] of [...stage.copies, ...stage.mounts].entries()) {
      // Where a number stands for an image, it has been spoken of where it is named.
      if (kind === "copy" && stageNumber(raw) !== null) continue;
      const source = sources[index] as ResolvedSource;
      compare(source, target, report, options, instruction as InstructionNode, range);
    }
    for (const { kind, raw, source } of resolved.triggers) {
      if (kind === "copy" && raw !== null && stageNumber(raw) !== null) continue;
      compare(source, target, report, options, node, stage.baseRange);
    }
  },
};

function compare(
  source: ResolvedSource,
  wanted: Platform,
  report: Report,
  options: CheckOptions,
  node: InstructionNode,
  range: { start: number; end: number },
): void {
  const actual = source.kind === "image" ? options.imagePlatform?.(source.ref) : null;
  if (source.kind !== "image" || actual === null || actual === undefined) return;
  if (wanted.os === actual.os && wanted.architecture === actual.architecture) return;
  const message = `Base image ${source.ref} was pulled with platform "${formatPlatform(actual)}", expected "${formatPlatform(wanted)}" for current build`;
  report(node, message, range);
}
