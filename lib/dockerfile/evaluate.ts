import { type ResolvedBuild, type ResolvedStage, resolveBuild } from "./build";
import { trimSpace } from "./characters";
import { isHeredoc, readHeredoc } from "./heredocs";
import { flagValue } from "./instructions/flags";
import { readMount } from "./mounts";
import type { InstructionNode } from "./node";
import type { Platform } from "./platform";
import { expand } from "./shell";
import { triggersOf } from "./triggers";
import type { Dockerfile, Stage } from "./types";
import { type BuildOptions, globalScope, splitArg } from "./variables";

/** What a stage is like while its instructions are gone through. */
export interface StageState {
  stage: Stage;
  /** what this build makes of it */
  resolved: ResolvedStage;
  /** what variables are worth: ENV and ARG, inherited ones included */
  variables: Map<string, string>;
  /** of these, what the image itself carries */
  environment: Map<string, string>;
  /** ARGs declared, with or without a value */
  args: Set<string>;
  workdirSet: boolean;
  /** a SHELL of its own is set */
  hasShell: boolean;
  platform: Platform;
}

/** One `name=value` after expansion. */
export interface Pair {
  name: string;
  value: string | null;
}

/** An instruction as a stage comes to it, before it takes effect. */
export interface Step {
  node: InstructionNode;
  /** what to point at: the instruction, or the FROM of a stage that runs what its base holds back */
  at: InstructionNode;
  state: StageState;
  /** of ENV, LABEL and ARG */
  pairs: Pair[];
  /** expanded arguments, in their order: paths, a directory, a user; of EXPOSE split into words */
  words: string[];
  /** variables that are used and not set, once for each word they are used in */
  unset: string[];
}

/** Environment of an image nothing is known of. */
const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export interface EvaluateOptions extends BuildOptions {
  /** environment of base images; of one that is not known, only PATH is assumed to be set */
  imageEnvironment?: (ref: string) => ReadonlyMap<string, string> | null;
  /** as `docker build --check` without a target: what a replaced stage's instructions do counts, as if they were run */
  everyStage?: boolean;
}

/**
 * Goes through every stage in order as BuildKit does (dockerfile2llb/convert.go, dispatch): variables take their values,
 * stages inherit from their bases, ONBUILDs are run in stages that the target needs. An instruction that cannot be expanded
 * has no effect. Stages that this build would not run are gone through all the same (`state.resolved` tells them apart);
 * what is built on a stage that a named context replaces begins with what the context brings.
 */
export function evaluate(tree: Dockerfile, options: EvaluateOptions, visit: (step: Step) => void): void {
  const evaluation = new Evaluation(tree, options);
  for (const stage of tree.stages) evaluation.run(stage, visit);
}

/** The image that a stage begins with, or null where it does not begin with an image. */
function imageOf({ base, replacedBy }: ResolvedStage): string | null {
  if (replacedBy !== null) return replacedBy.ref;
  return base.kind === "context" ? base.context.ref : base.kind === "image" ? base.ref : null;
}

class Evaluation {
  readonly #states: StageState[] = [];
  readonly #globals: ReadonlyMap<string, string>;
  readonly #build: ResolvedBuild;

  constructor(
    readonly tree: Dockerfile,
    readonly options: EvaluateOptions,
  ) {
    this.#globals = globalScope(tree, options).values;
    this.#build = resolveBuild(tree, options);
  }

  run(stage: Stage, visit: (step: Step) => void): void {
    const resolved = this.#build.stages[stage.index] as ResolvedStage;
    const { base, reached, replacedBy } = resolved;
    const state = this.#begin(stage, resolved);
    this.#states[stage.index] = state;
    const from = stage.instructions[0] as InstructionNode;
    if (reached && replacedBy === null && base.kind === "stage") {
      for (const node of triggersOf(this.tree.stages[base.index] as Stage)) {
        this.#step(node, from, state, visit);
      }
    }
    for (let index = 1; index < stage.instructions.length; index++) {
      const node = stage.instructions[index] as InstructionNode;
      this.#step(node, node, state, visit);
    }
    if (replacedBy !== null && this.options.everyStage !== true) {
      this.#states[stage.index] = this.#begin(stage, resolved);
    }
  }

  #begin(stage: Stage, resolved: ResolvedStage): StageState {
    const { base, replacedBy } = resolved;
    const parent = replacedBy === null && base.kind === "stage" ? this.#states[base.index] : undefined;
    const image = imageOf(resolved);
    const known = image === null ? null : this.options.imageEnvironment?.(image);
    const environment = new Map(parent?.environment ?? known ?? []);
    if (!environment.has("PATH")) environment.set("PATH", PATH);
    const variables = new Map(parent?.variables ?? []);
    for (const [name, value] of environment) variables.set(name, value);
    return {
      stage,
      resolved,
      variables,
      environment,
      args: new Set(parent?.args ?? []),
      workdirSet: parent?.workdirSet ?? false,
      hasShell: parent?.hasShell ?? false,
      platform: resolved.platform,
    };
  }

  #step(node: InstructionNode, at: InstructionNode, state: StageState, visit: (step: Step) => void): void {
    const step: Step = { node, at, state, pairs: [], words: [], unset: [] };
    const reader = new WordReader(step, this.tree.escape);
    if (node.keyword === "ARG") {
      // Each ARG sees those before it on the same line, so they take effect as they are read.
      for (const word of node.list.words) this.#arg(word.value, reader);
      visit(step);
      return;
    }
    readWords(reader);
    visit(step);
    this.#apply(step, reader.failed);
  }

  #arg(word: string, reader: WordReader): void {
    const { name, value } = splitArg(word);
    const { state, pairs } = reader.step;
    const given = this.options.buildArgs?.get(name);
    let result = given ?? null;
    if (given === undefined) {
      result = value === null ? (this.#globals.get(name) ?? null) : reader.expand(value);
    }
    if (result !== null && !NOT_IN_ENVIRONMENT.has(name)) state.variables.set(name, result);
    state.args.add(name);
    pairs.push({ name, value: result });
  }

  #apply({ node, state, pairs, words }: Step, failed: boolean): void {
    if (failed) return;
    if (node.keyword === "ENV") {
      for (const { name, value } of pairs) {
        state.variables.set(name, value ?? "");
        state.environment.set(name, value ?? "");
      }
    } else if (node.keyword === "WORKDIR" && words.length > 0) state.workdirSet = true;
    else if (node.keyword === "SHELL") state.hasShell = true;
  }
}

/** ARGs that are no variables of the build's environment. */
const NOT_IN_ENVIRONMENT = new Set(["BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"]);

class WordReader {
  failed = false;

  constructor(
    readonly step: Step,
    readonly escapeToken: string,
  ) {}

  /** Expands a word and notes what it uses that is not set. A word that cannot be expanded stays as it is. */
  expand(word: string, raw = false): string {
    if (this.failed || word === "") return word;
    const { state, unset } = this.step;
    const result = expand(word, state.variables, {
      escape: raw ? "\\" : this.escapeToken,
      skipQuotes: raw,
    });
    for (const name of result.unmatched) {
      if (!state.args.has(name) && !NOT_IN_ENVIRONMENT.has(name)) unset.push(name);
    }
    if (result.ok) return result.value;
    this.failed = true;
    return word;
  }

  split(word: string): string[] {
    const result = expand(word, this.step.state.variables, { escape: this.escapeToken });
    if (!result.ok) this.failed = true;
    return result.ok ? result.words : [];
  }
}

/** Expands what BuildKit expands of an instruction (instructions/commands.go, the Expand methods). */
function readWords(reader: WordReader): void {
  const { node, words, pairs } = reader.step;
  const values = node.list.words;
  switch (node.keyword) {
    case "ENV":
    case "LABEL":
      if (node.list.legacy) {
        const [name, value] = values;
        pairs.push({ name: reader.expand(name?.value ?? ""), value: reader.expand(value?.value ?? "") });
        return;
      }
      for (const word of values) {
        const { name, value } = splitArg(word.value);
        pairs.push({ name: reader.expand(name), value: reader.expand(value ?? "") });
      }
      return;
    case "ADD":
    case "COPY":
      for (const flag of ["chown", "chmod", "checksum"]) reader.expand(flagValue(node, flag)?.value ?? "");
      for (const [index, { value }] of values.entries()) {
        if (index === values.length - 1 || !isHeredoc(value)) words.push(reader.expand(value));
      }
      readHeredocs(reader);
      return;
    case "RUN":
      for (const flag of node.rawFlags) {
        const mount = flag.word.startsWith("--mount=") ? readMount(flag.word.slice("--mount=".length)) : null;
        if (mount === null || "error" in mount) continue;
        for (const option of mount.options) reader.expand(option.value ?? "");
      }
      return;
    case "VOLUME":
      for (const { value } of values) words.push(reader.expand(trimSpace(value)));
      return;
    case "STOPSIGNAL":
    case "USER":
    case "WORKDIR":
      for (const { value } of values) words.push(reader.expand(value));
      return;
    case "EXPOSE":
      for (const { value } of values) for (const port of reader.split(value)) words.push(port);
  }
}

/** Bodies that a COPY writes to files have their variables expanded, quotes meaning nothing. */
function readHeredocs(reader: WordReader): void {
  const { node } = reader.step;
  if (node.heredocs.length === 0) return;
  for (const { value } of node.list.words.slice(0, -1)) {
    const mark = readHeredoc(value);
    if (mark === null || "error" in mark || !mark.expand) continue;
    const heredoc = node.heredocs.findLast((each) => each.name === mark.name);
    if (heredoc === undefined) continue;
    reader.expand(mark.chomp ? heredoc.content.replace(/^\t+/gm, "") : heredoc.content, true);
  }
}
