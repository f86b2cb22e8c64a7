import type { Diagnostic, Dockerfile } from "../../types";
import { lowerProtocol, lowerStageName, matchAs, matchKeyword } from "./casing";
import { toJsonForm, toLabel, toPair, toPortAlone } from "./commands";
import type { Fix, Fixer } from "./fix";
import { useFreeName, useMeantVariable } from "./names";
import { removeBlankLines, removeInstruction, removePlatform, removeStage } from "./removals";
import { declareGlobally, declareInStage, defaultToLatest } from "./variables";
import { beginWithName, toAbsolutePath } from "./wording";

export type { Fix } from "./fix";
export { ignoresFor } from "./ignore";

/** By the check's name, the best first. docs/add-a-check.md says why the others have none. */
const FIXERS: Readonly<Record<string, readonly Fixer[]>> = {
  StageNameCasing: [lowerStageName],
  FromAsCasing: [matchAs],
  ConsistentInstructionCasing: [matchKeyword],
  ExposeProtoCasing: [lowerProtocol],
  ExposeInvalidFormat: [toPortAlone],
  JSONArgsRecommended: [toJsonForm],
  MaintainerDeprecated: [toLabel],
  LegacyKeyValueFormat: [toPair],
  NoEmptyContinuation: [removeBlankLines],
  RedundantTargetPlatform: [removePlatform],
  FromPlatformFlagConstDisallowed: [removePlatform],
  MultipleInstructionsDisallowed: [removeInstruction],
  DuplicateStageName: [useFreeName],
  ReservedStageName: [useFreeName],
  UndefinedVar: [useMeantVariable, declareInStage],
  UndefinedArgInFrom: [useMeantVariable, declareGlobally],
  InvalidDefaultArgInFrom: [defaultToLatest],
  InvalidDefinitionDescription: [beginWithName],
  WorkdirRelativePath: [toAbsolutePath],
  StageNotNeeded: [removeStage],
};

/** Whether findings of a check can have a fix at all. */
export function isFixable(code: string): boolean {
  return Object.hasOwn(FIXERS, code);
}

/** The fixes for a finding of this very tree, the best first; often none or one. Ignoring it is no fix: `ignoresFor`. */
export function fixesFor(tree: Dockerfile, finding: Diagnostic): Fix[] {
  const fixers = isFixable(finding.code) ? (FIXERS[finding.code] ?? []) : [];
  return fixers.map((fix) => fix(tree, finding)).filter((fix) => fix !== null);
}

/** The best fix for a finding of this very tree, or null. */
export function fixFor(tree: Dockerfile, finding: Diagnostic): Fix | null {
  return fixesFor(tree, finding)[0] ?? null;
}
