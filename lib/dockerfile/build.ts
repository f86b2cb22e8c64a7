import type { TextRange } from "../text";
import { toLower } from "./characters";
import { invalidContextName, type NamedContext, NamedContexts } from "./contexts";
import { imageNameProblem, parseImageReference } from "./image";
import type { InstructionNode } from "./node";
import { DEFAULT_PLATFORM, type Platform, parsePlatform } from "./platform";
import { quote } from "./quote";
import { resolveStages, stageNumber } from "./resolve";
import { expand } from "./shell";
import type { StageNode } from "./stages";
import { didYouMean } from "./suggest";
import { triggerReferences, triggersOf } from "./triggers";
import type { Diagnostic, Dockerfile, ReferenceTarget, Stage, StageReference } from "./types";
import { type BuildOptions, EPOCH, globalScope } from "./variables";

/** What a FROM, a `COPY --from` or a mount takes its files from in this build. */
export type ResolvedSource =
  | ReferenceTarget
  /** a named context in place of an image */
  | { kind: "context"; context: NamedContext; ref: string };

/** What a build makes of a stage. */
export interface ResolvedStage {
  index: number;
  base: ResolvedSource;
  /** in the order of the stage's own `copies` and `mounts` */
  copies: readonly ResolvedSource[];
  mounts: readonly ResolvedSource[];
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
  readonly #stages: readonly Stage[];
  /** the last one of a name */
  readonly #byName = new Map<string, number>();
  readonly #contexts: NamedContexts;
  readonly #platforms: Platform[] = [];
  readonly #replaced: (NamedContext | null)[] = [];
  readonly #known = new Set<NamedContext>();
  readonly #used: (readonly number[])[] = [];
  readonly #values: ReadonlyMap<string, string>;
  readonly #diagnostics: Diagnostic[];
  #error: string | null;
  /** what BuildKit comes to after it has looked for the target */
  readonly #laterError: string | null;

  constructor(
    readonly tree: Dockerfile,
    readonly options: BuildOptions,
  ) {
    const { stages, graphError, diagnostics } = resolveFor(tree, options);
    const [first] = diagnostics;
    const inFrom = first !== undefined && isInFrom(first, stages);
    this.#stages = stages;
    for (const { name, index } of stages) if (name !== null) this.#byName.set(name, index);
    this.#contexts = new NamedContexts(options.contexts);
    this.#error = tree.error?.message ?? this.#contexts.error ?? (inFrom ? graphError : null);
    this.#laterError = graphError;
    this.#diagnostics = tree.diagnostics.filter(({ code }) => code !== "GraphError");
    for (const each of diagnostics) this.#diagnostics.push(each);
    this.#values = globalScope(tree, options).values;
    for (const stage of stages) this.#begin(stage);
  }

  result(): ResolvedBuild {
    const target = this.#target();
    this.#error ??= this.#laterError;
    const reached = this.#closure(target, (stage) => this.#uses(stage));
    const needed = this.#closure(target, (stage) =>
      this.#replaced[stage.index] === null ? this.#uses(stage) : [],
    );
    const stages = this.#stages.map((stage) => this.#resolved(stage, needed, reached));
    const used = new Set<NamedContext>();
    for (const stage of stages) {
      if (!stage.needed) continue;
      if (stage.replacedBy !== null) used.add(stage.replacedBy);
      else {
        for (const source of [stage.base, ...stage.copies, ...stage.mounts]) {
          if (source.kind === "context") used.add(source.context);
        }
      }
    }
    this.#imageNames();
    this.#order(reached);
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
    const found = this.#stageNamed(target);
    if (found !== null) return found;
    const names = this.#stages.map((stage) => stage.name ?? `stage-${stage.index}`);
    this.#error ??= `target stage ${quote(target)} could not be found${didYouMean(target, names, true)}`;
    return null;
  }

  #stageNamed(name: string): number | null {
    return this.#byName.get(toLower(name)) ?? null;
  }

  #closure(target: number | null, uses: (stage: Stage) => readonly number[]): Set<number> {
    const found = new Set<number>();
    const open = target === null ? [] : [target];
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      const stage = this.#stages[index];
      if (stage === undefined || found.has(index)) continue;
      found.add(index);
      for (const each of uses(stage)) open.push(each);
    }
    return found;
  }

  /** Stages that a stage is built on or takes files from, what its base's ONBUILDs bring included. */
  #uses(stage: Stage): readonly number[] {
    const known = this.#used[stage.index] ?? this.#findUses(stage);
    this.#used[stage.index] = known;
    return known;
  }

  #findUses(stage: Stage): number[] {
    const used: number[] = [];
    for (const { target } of [...stage.copies, ...stage.mounts]) {
      if (target.kind === "stage") used.push(target.index);
    }
    // A mount that names nothing is taken from a stage of that name, where a file has one.
    const scratch = this.#stageNamed("scratch");
    if (scratch !== null && mountCount(stage) > stage.mounts.length) used.push(scratch);
    const { target } = stage.base;
    if (this.#replaced[stage.index] !== null || target.kind !== "stage") return used;
    used.push(target.index);
    for (const trigger of triggersOf(this.#stages[target.index] as Stage)) {
      for (const { raw, kind } of triggerReferences(trigger)) {
        const index = (kind === "copy" ? stageNumber(raw) : null) ?? this.#stageNamed(raw);
        if (index !== null) used.push(index);
      }
    }
    return used;
  }

  #resolved(stage: Stage, needed: ReadonlySet<number>, reached: ReadonlySet<number>): ResolvedStage {
    const platform = this.#platforms[stage.index] as Platform;
    const target = this.options.platform ?? DEFAULT_PLATFORM;
    return {
      index: stage.index,
      base: this.#source(stage.base, platform),
      copies: stage.copies.map((each) => this.#source(each, target)),
      mounts: stage.mounts.map((each) => this.#source(each, target)),
      platform,
      replacedBy: this.#replaced[stage.index] ?? null,
      needed: needed.has(stage.index),
      reached: reached.has(stage.index),
    };
  }

  #source({ target }: StageReference, platform: Platform): ResolvedSource {
    const context = target.kind === "image" ? this.#contexts.forImage(target.ref, platform) : null;
    if (target.kind !== "image" || context === null) return target;
    this.#known.add(context);
    return { kind: "context", context, ref: target.ref };
  }

  /** BuildKit reads the names of all images, also of those that it does not need. */
  #imageNames(): void {
    const fine = new Set<string>();
    for (const { base, copies, mounts } of this.#stages) {
      for (const { target, range } of [base, ...copies, ...mounts]) {
        if (target.kind !== "image" || fine.has(target.ref)) continue;
        if (parseImageReference(target.ref) !== null) {
          fine.add(target.ref);
          continue;
        }
        const message = `failed to parse stage name ${quote(target.ref)}: ${imageNameProblem(target.ref)}`;
        this.#fail(message, range);
      }
    }
  }

  /** A stage must be there before files can be taken from it; a replaced one always is. */
  #order(reached: ReadonlySet<number>): void {
    for (const stage of this.#stages) {
      if (!reached.has(stage.index) || this.#replaced[stage.index] !== null) continue;
      for (const { target, raw, kind, destination } of [...stage.copies, ...stage.mounts]) {
        if (target.kind !== "stage" || target.index < stage.index) continue;
        if (this.#replaced[target.index] !== null) continue;
        const user = stage.name ?? `stage-${stage.index}`;
        this.#error ??=
          kind === "copy"
            ? `cannot copy from stage ${quote(raw)}, it needs to be defined before current stage ${quote(user)}`
            : `cannot mount from stage ${quote(raw)} to ${quote(destination ?? "")}, stage needs to be defined before current command`;
      }
    }
  }
}

function mountCount(stage: Stage): number {
  let count = 0;
  for (const { keyword, rawFlags } of stage.instructions as InstructionNode[]) {
    if (keyword === "RUN") count += rawFlags.filter(({ word }) => word.startsWith("--mount=")).length;
  }
  return count;
}

/** The stages as this build resolves them; those of the tree where options can make no difference. */
function resolveFor(tree: Dockerfile, options: BuildOptions) {
  const stages = tree.stages as StageNode[];
  const globalArgs = tree.globalArgs as InstructionNode[];
  const depends =
    options.buildArgs?.has(EPOCH) ||
    globalArgs.some(({ args }) => args.some(({ value }) => value.startsWith(EPOCH))) ||
    stages.some(({ baseText, platform }) => baseText.includes("$") || platform?.includes("$") === true);
  if (depends) return resolveStages(stages, globalArgs, tree.escape, options);
  const diagnostics = tree.diagnostics.filter(({ code }) => code === "GraphError");
  return { stages, graphError: tree.graphError, diagnostics };
}

/** Whether a problem is met while FROMs are resolved, or with the ARGs before them. Circles are looked for later. */
function isInFrom({ range, message }: Diagnostic, stages: readonly Stage[]): boolean {
  if (message.startsWith("circular dependency")) return false;
  const stage = stages.findLast((each) => each.range.start <= range.start);
  return stage === undefined || range.start < (stage.instructions[0] as InstructionNode).range.end;
}
