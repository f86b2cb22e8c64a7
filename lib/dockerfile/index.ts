/**
 * Dockerfiles, read as BuildKit reads them, and edited in place.
 *
 * The way through, each step after BuildKit's own and in its words:
 *
 *     text ─ parser.ts ─▶ instructions ─ instructions/ ─▶ what is wrong with them
 *                              │
 *                              └─ stages.ts ─▶ stages ─ resolve.ts ─▶ what each needs of the others ─▶ tree.ts
 *
 *     tree + TextEdit[] ─ reparse.ts ─▶ the next tree, with only what changed read and resolved anew
 *     tree + DockerfileEdit ─ edits/ ─▶ TextEdit[] or a reason
 *     tree + options ─ build.ts ─▶ which stages a build needs, and what named contexts take the place of
 *                        └─ evaluate.ts ─▶ what variables are worth at each step ─ checks/ ─▶ findings
 *
 * - `parser.ts` joins continuations into logical lines (`lines.ts`), takes off flags (`flags.ts`), cuts arguments
 *   (`arguments.ts`, `words.ts`, `json.ts`) and reads heredocs (`heredocs.ts`). A logical line knows the way back into the
 *   source, so everything made of it has a range there, across continuations and comments.
 * - `shell.ts` is the lexer behind heredoc words and `${}`; `bytes.ts` is for the places where BuildKit works byte by byte.
 * - What BuildKit refuses still gives a tree; `error` is what BuildKit says, `diagnostics` are all places that are wrong.
 *
 * Invariants:
 * - Parsing never throws and is linear in the text, whatever it is given. Nothing here matches with a regular expression
 *   that could backtrack over input, and nothing recurses on it without a bound.
 * - The text is the only truth. A tree is a function of it and is never changed; an edit is text edits, and the next tree
 *   comes from the next text.
 * - An edit is handed out only after it was tried and the graph was what it promised (`edits/verify.ts`).
 * - Tokens concatenated are the source.
 * - No Node, no DOM, no clock, no randomness. Imports point from here to `../text` only.
 *
 * Deliberately absent: pretty-printing from a model (comments would die), and any list of what images exist.
 */
export { type ResolvedBuild, type ResolvedSource, type ResolvedStage, resolveBuild } from "./build";
export { decodeText, encodeText } from "./bytes";
export {
  type CheckOptions,
  type CheckResult,
  checkDockerfile,
  type Finding,
  findingDiagnostics,
  RULES,
  type RuleText,
} from "./checks";
export { type CommentedInstruction, commentedInstructions } from "./commented";
export { familiarName, type NamedContext } from "./contexts";
export {
  type DockerfileEdit,
  type EditResult,
  placeForFiles,
  planEdit,
  planEdits,
  type Source,
} from "./edits";
export { type EvaluateOptions, evaluate } from "./evaluate";
export { buildFaults } from "./faults";
export { type GlobalArg, globalArgsOf, namesIn, takersOf } from "./globalArgs";
export { type ImageReference, imageNameProblem, parseImageReference } from "./image";
export { linesMoved } from "./kept";
export { KEYWORDS } from "./keywords";
export { type Mount, mountOption, readMount } from "./mounts";
export { parseDockerfile } from "./parse";
export { formatPlatform, type Platform, parsePlatform } from "./platform";
export { reparse } from "./reparse";
export type { Variables } from "./shell";
export type { StageState, Step } from "./step";
export { tokenize } from "./tokens";
export type * from "./types";
