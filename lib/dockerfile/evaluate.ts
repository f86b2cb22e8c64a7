import { type ResolvedBuild, type ResolvedStage, resolveBuild } from "./build";
import type { InstructionNode } from "./node";
import { Scope } from "./scope";
import type { StageState, Step } from "./step";
import { triggersOf } from "./triggers";
import type { Dockerfile, Stage } from "./types";
import { type BuildOptions, globalScope, splitArg } from "./variables";
import { NOT_IN_ENVIRONMENT, readWords, WordReader } from "./wordReader";

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
  /** ENVs of the stage at hand that an ARG of it hides */
  readonly #hidden = new Set<string>();

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
    // What is built on this one has its environment: there, ARGs hide nothing.
    for (const name of this.#hidden) state.variables.set(name, state.environment.get(name) as string);
    this.#hidden.clear();
    if (replacedBy !== null && this.options.everyStage !== true) {
      this.#states[stage.index] = this.#begin(stage, resolved);
    }
  }

  #begin(stage: Stage, resolved: ResolvedStage): StageState {
    const { base, replacedBy } = resolved;
    const parent = replacedBy === null && base.kind === "stage" ? this.#states[base.index] : undefined;
    const image = imageOf(resolved);
    const known = image === null ? null : this.options.imageEnvironment?.(image);
    const environment = parent?.environment.fork() ?? new Scope(known ?? []);
    if (!environment.has("PATH")) environment.set("PATH", PATH);
    return {
      stage,
      resolved,
      variables: parent?.variables.fork() ?? new Scope(environment),
      environment,
      args: parent?.args.fork() ?? new Scope(),
      workdirSet: parent?.workdirSet ?? false,
      hasShell: parent?.hasShell ?? false,
      platform: resolved.platform,
    };
  }

  #step(node: InstructionNode, at: InstructionNode, state: StageState, visit: (step: Step) => void): void {
    const step: Step = { node, at, state, pairs: [], words: [], unset: [], failure: null };
    const reader = new WordReader(step, this.tree.escape);
    if (node.keyword === "ARG") {
      // Each ARG sees those before it on the same line, so they take effect as they are read.
      for (const word of node.list.words) this.#arg(word.value, reader);
      visit(step);
      return;
    }
    readWords(reader);
    visit(step);
    this.#apply(step);
  }

  #arg(word: string, reader: WordReader): void {
    const { name, value } = splitArg(word);
    const { state, pairs } = reader.step;
    const given = this.options.buildArgs?.get(name);
    let result = given ?? null;
    if (given === undefined) {
      result = value === null ? (this.#globals.get(name) ?? null) : reader.expand(value);
    }
    if (result !== null && !NOT_IN_ENVIRONMENT.has(name)) {
      state.variables.set(name, result);
      if (state.environment.has(name)) this.#hidden.add(name);
    }
    state.args.set(name, true);
    pairs.push({ name, value: result });
  }

  #apply({ node, state, pairs, words, failure }: Step): void {
    if (failure !== null) return;
    if (node.keyword === "ENV") {
      for (const { name, value } of pairs) {
        state.variables.set(name, value ?? "");
        state.environment.set(name, value ?? "");
      }
    } else if (node.keyword === "WORKDIR" && words.length > 0) state.workdirSet = true;
    else if (node.keyword === "SHELL") state.hasShell = true;
  }
}
