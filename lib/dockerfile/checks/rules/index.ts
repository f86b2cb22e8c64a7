import type { Rule } from "../rule";
import { consistentInstructionCasing } from "./consistentInstructionCasing";
import { copyIgnoredFile } from "./copyIgnoredFile";
import { duplicateStageName } from "./duplicateStageName";
import { exposeInvalidFormat } from "./exposeInvalidFormat";
import { exposeProtoCasing } from "./exposeProtoCasing";
import { fromAsCasing } from "./fromAsCasing";
import { fromPlatformFlagConstDisallowed } from "./fromPlatformFlagConstDisallowed";
import { invalidBaseImagePlatform } from "./invalidBaseImagePlatform";
import { invalidDefaultArgInFrom } from "./invalidDefaultArgInFrom";
import { invalidDefinitionDescription } from "./invalidDefinitionDescription";
import { jsonArgsRecommended } from "./jsonArgsRecommended";
import { legacyKeyValueFormat } from "./legacyKeyValueFormat";
import { maintainerDeprecated } from "./maintainerDeprecated";
import { multipleInstructionsDisallowed } from "./multipleInstructionsDisallowed";
import { noEmptyContinuation } from "./noEmptyContinuation";
import { redundantTargetPlatform } from "./redundantTargetPlatform";
import { reservedStageName } from "./reservedStageName";
import { secretsUsedInArgOrEnv } from "./secretsUsedInArgOrEnv";
import { stageNameCasing } from "./stageNameCasing";
import { undefinedArgInFrom } from "./undefinedArgInFrom";
import { undefinedVar } from "./undefinedVar";
import { workdirRelativePath } from "./workdirRelativePath";

/** All of BuildKit's build checks, in the order of its ruleset. */
export const RULES: readonly Rule[] = [
  stageNameCasing,
  fromAsCasing,
  noEmptyContinuation,
  consistentInstructionCasing,
  duplicateStageName,
  reservedStageName,
  jsonArgsRecommended,
  maintainerDeprecated,
  undefinedArgInFrom,
  workdirRelativePath,
  undefinedVar,
  multipleInstructionsDisallowed,
  legacyKeyValueFormat,
  invalidBaseImagePlatform,
  redundantTargetPlatform,
  secretsUsedInArgOrEnv,
  invalidDefaultArgInFrom,
  fromPlatformFlagConstDisallowed,
  copyIgnoredFile,
  invalidDefinitionDescription,
  exposeProtoCasing,
  exposeInvalidFormat,
];
