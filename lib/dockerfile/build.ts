import type { TextRange } from "../text";
import { buildProblems } from "./buildProblems";
import { toLower } from "./characters";
import { invalidContextName, type NamedContext, NamedContexts } from "./contexts";
import { parseImageReference } from "./image";
import { StageNeeds } from "./needs";
import type { InstructionNode } from "./node";
import { DEFAULT_PLATFORM, type Platform, parsePlatform } from "./platform";
import { quote } from "./quote";
import { resolveStages } from "./resolve";
import { expand } from "./shell";
import type { SourceNames } from "./sourceNames";
import type { StageNode } from "./stages";
import { didYouMean } from "./suggest";
import type { Tree } from "./tree";
import { Triggers, type TriggerUse } from "./triggers";
import type { Diagnostic, Dockerfile, ReferenceTarget, Stage } from "./types";
import { type BuildOptions, EPOCH, globalScope } from "./variables";

/** What a FROM, a `COPY --from` or a mount takes its files from in this build. */
export type ResolvedSource =
  | ReferenceTarget
  /** a named context in place of an image */
  | { kind: "context"; context: NamedContext; ref: string };

/** What an ONBUILD of a stage's base takes files from, as the stage runs it. */
export interface ResolvedTrigger extends TriggerUse {
  source: ResolvedSource;
}

/** What a build makes of a stage. */
export interface ResolvedStage {
  index: number;
  base: ResolvedSource;
  /** in the order of the stage's own `copies` and `mounts` */
  copies: readonly ResolvedSource[];
  mounts: readonly ResolvedSource[];
  /** what the ONBUILDs of its base take files from as it runs them; of a stage that BuildKit gets to */
  triggers: readonly ResolvedTrigger[];
  /** what it is built for; that of the stage it is built on, where there is one */
  platform: Platform;
  /** a named context has the stage's name: it takes the stage's place, and none of its instructions runs */
  replacedBy: NamedContext | null;
  /** the target is made from it: it is built, or its context is read */
  needed: boolean;
  /**
   * BuildKit gets to it, and looks its images up. So it does of what a replaced stage would have taken files from,
   * though nothing of that is needed.
   */
  reached: boolean;
}

export interface ResolvedBuild {
  /** index of the stage that is built; null where there is none */
  target: number | null;
  /** by index */
  stages: readonly ResolvedStage[];
  /** named contexts that stand in for something the target needs */
  usedContexts: readonly NamedContext[];
  /** named contexts that nothing in the file goes by: misspelt, most often */
  unknownContexts: readonly NamedContext[];
  /** why BuildKit would not begin this build, in its words; null where it would */
  error: string | null;
  /** as the tree's own, for this build: why its stages cannot be resolved */
  graphError: string | null;
  /**
   * What the parser says of the text, and what is wrong with this very build at a place in it. An ARG without a default
   * leaves a FROM blank until a build argument fills it: that is in the tree's own diagnostics, and then not in these.
   */
  diagnostics: readonly Diagnostic[];
}

/**
 * What a build with these options makes of the file: what every FROM comes to with these build arguments and this
 * platform, what named contexts (`--build-context`) take the place of, and which stages the target needs. The tree and its
 * edges stay what the text says by itself.
 *
 * After BuildKit's dockerfile2llb/convert.go (buildDispatchStates, resolveTarget, resolveStages) and
 * dockerui/namedcontext.go: a context is looked for under the name of each stage, then under each image's; a stage that
 * has one keeps its number and its name and loses its base and its instructions, but not the ONBUILDs it holds back for
 * others.
 */
export function resolveBuild(tree: Dockerfile, options: BuildOptions = {}): ResolvedBuild {
  return new BuildResolver(tree, options).result();
}

class BuildResolver {
  readonly #stages: readonly StageNode[];
  readonly #names: SourceNames;
  readonly #contexts: NamedContexts;
  readonly #platforms: Platform[] = [];
  readonly #replaced: (NamedContext | null)[] = [];
  readonly #known = new Set<NamedContext>();
  readonly #triggers: Triggers;
  readonly #values: ReadonlyMap<string, string>;
  readonly #diagnostics: Diagnostic[];
  #error: string | null;
  /** what BuildKit comes to after it has looked for the target */
  readonly #laterError: string | null;

  constructor(
    readonly tree: Dockerfile,
    readonly options: BuildOptions,
  ) {
    const { stages, names, graphError, diagnostics } = resolveFor(tree, options);
    const [first] = diagnostics;
    const inFrom = first !== undefined && isInFrom(first, stages);
    this.#stages = stages;
    this.#names = names;
    this.#contexts = new NamedContexts(options.contexts);
    this.#error = tree.error?.message ?? this.#contexts.error ?? (inFrom ? graphError : null);
    this.#laterError = graphError;
    this.#diagnostics = tree.diagnostics.filter(({ code }) => code !== "GraphError");
    for (const each of diagnostics) this.#diagnostics.push(each);
    this.#values = globalScope(tree, options).values;
    this.#triggers = new Triggers(stages, names);
    for (const stage of stages) this.#begin(stage);
  }

  result(): ResolvedBuild {
    const target = this.#target();
    this.#error ??= this.#laterError;
    const needs = new StageNeeds(this.#stages, this.#names, this.#triggers, (index) =>
      Boolean(this.#replaced[index]),
    );
    const reached = needs.from(target, { through: true });
    const needed = needs.from(target, { through: false });
    const stages = this.#stages.map((stage) => this.#resolved(stage, needed, reached));
    for (const { message, range } of buildProblems(this.#stages, stages, this.#triggers)) {
      if (range !== null) this.#fail(message, range);
      else this.#error ??= message;
    }
    const used = usedContexts(stages);
    return {
      target,
      stages,
      usedContexts: this.#contexts.all.filter((each) => used.has(each)),
      unknownContexts: this.#contexts.all.filter((each) => !this.#known.has(each)),
      error: this.#error,
      graphError: this.tree.error === null ? this.#laterError : null,
      diagnostics: this.#diagnostics,
    };
  }

  #fail(message: string, range: TextRange): void {
    this.#error ??= message;
    this.#diagnostics.push({ severity: "error", code: "GraphError", message, range });
  }

  #begin(stage: Stage): void {
    const { target } = stage.base;
    const own = this.#ownPlatform(stage);
    const replaced = stage.name === null ? null : this.#contexts.forStage(stage.name, own);
    if (stage.name !== null && parseImageReference(stage.name) === null) {
      this.#fail(invalidContextName(stage.name), stage.nameRange ?? stage.baseRange);
    }
    this.#replaced[stage.index] = replaced;
    if (replaced !== null) this.#known.add(replaced);
    const base = replaced === null && target.kind === "stage" ? this.#platforms[target.index] : undefined;
    this.#platforms[stage.index] = base ?? own;
  }

  #ownPlatform(stage: Stage): Platform {
    const target = this.options.platform ?? DEFAULT_PLATFORM;
    if (stage.platform === null) return target;
    const expanded = expand(stage.platform, this.#values, { escape: this.tree.escape });
    const parsed = expanded.ok ? parsePlatform(expanded.value, target) : null;
    return parsed === null || "error" in parsed ? target : parsed;
  }

  #target(): number | null {
    const { target } = this.options;
    const last = this.#stages.length - 1;
    if (target === undefined || target === "") return last < 0 ? null : last;
    if (typeof target === "number") return this.#stages[target] === undefined ? null : target;
    const found = this.#names.byName.get(toLower(target));
    if (found !== undefined) return found;
    const names = this.#stages.map((stage) => stage.name ?? `stage-${stage.index}`);
    this.#error ??= `target stage ${quote(target)} could not be found${didYouMean(target, names, true)}`;
    return null;
  }

  #resolved(stage: Stage, needed: ReadonlySet<number>, reached: ReadonlySet<number>): ResolvedStage {
    const platform = this.#platforms[stage.index] as Platform;
    const target = this.options.platform ?? DEFAULT_PLATFORM;
    return {
      index: stage.index,
      base: this.#source(stage.base, platform),
      copies: stage.copies.map((each) => this.#source(each, target)),
      mounts: stage.mounts.map((each) => this.#source(each, target)),
      triggers: reached.has(stage.index) ? this.#heldBack(stage, target) : [],
      platform,
      replacedBy: this.#replaced[stage.index] ?? null,
      needed: needed.has(stage.index),
      reached: reached.has(stage.index),
    };
  }

  #heldBack({ index, base }: Stage, platform: Platform): ResolvedTrigger[] {
    if (base.target.kind !== "stage" || this.#replaced[index] !== null) return [];
    const { uses } = this.#triggers.of(base.target.index);
    return uses.map((use) => ({ ...use, source: this.#source(use, platform) }));
  }

  #source({ target }: { target: ReferenceTarget }, platform: Platform): ResolvedSource {
    const context = target.kind === "image" ? this.#contexts.forImage(target.ref, platform) : null;
    if (target.kind !== "image" || context === null) return target;
    this.#known.add(context);
    return { kind: "context", context, ref: target.ref };
  }
}

/** Those that stand in for something the target needs. */
function usedContexts(stages: readonly ResolvedStage[]): Set<NamedContext> {
  const used = new Set<NamedContext>();
  for (const { needed, replacedBy, base, copies, mounts, triggers } of stages) {
    if (!needed) continue;
    if (replacedBy !== null) used.add(replacedBy);
    else {
      for (const source of [base, ...copies, ...mounts, ...triggers.map((each) => each.source)]) {
        if (source.kind === "context") used.add(source.context);
      }
    }
  }
  return used;
}

/** The stages as this build resolves them; those of the tree where options can make no difference. */
function resolveFor(tree: Dockerfile, options: BuildOptions) {
  const { stages, resolution } = tree as Tree;
  const globalArgs = tree.globalArgs as InstructionNode[];
  const depends =
    options.buildArgs?.has(EPOCH) ||
    globalArgs.some(({ args }) => args.some(({ value }) => value.startsWith(EPOCH))) ||
    stages.some(({ baseText, platform }) => baseText.includes("$") || platform?.includes("$") === true);
  if (depends) return resolveStages(stages, globalArgs, tree.escape, options);
  const diagnostics = tree.diagnostics.filter(({ code }) => code === "GraphError");
  return { stages, names: resolution.names, graphError: tree.graphError, diagnostics };
}

/** Whether a problem is met while FROMs are resolved, or with the ARGs before them. Circles are looked for later. */
function isInFrom({ range, message }: Diagnostic, stages: readonly Stage[]): boolean {
  if (message.startsWith("circular dependency")) return false;
  const stage = stages.findLast((each) => each.range.start <= range.start);
  return stage === undefined || range.start < (stage.instructions[0] as InstructionNode).range.end;
}
