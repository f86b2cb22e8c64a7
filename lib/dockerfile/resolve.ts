import type { TextRange } from "../text";
import { epochError } from "./epoch";
import { type InstructionNode, moveRange } from "./node";
import { DEFAULT_PLATFORM, parsePlatform } from "./platform";
import { expand, type Variables } from "./shell";
import { imageTarget, needsLexer, notThereYet, SourceNames } from "./sourceNames";
import type { StageNode, Use } from "./stages";
import { didYouMean } from "./suggest";
import type { Diagnostic, ReferenceTarget, Stage } from "./types";
import { type BuildOptions, EPOCH, evaluateGlobalArgs, predefinedArgs } from "./variables";

const NO_VARIABLES: Variables = new Map();

export interface Resolution {
  /** the stages, knowing what their references mean */
  stages: StageNode[];
  names: SourceNames;
  /** BuildKit's first error while it resolves, or null */
  graphError: string | null;
  diagnostics: Diagnostic[];
  /** it depends on more of the stages than what they name: on the instructions of one that SOURCE_DATE_EPOCH names */
  readsInstructions: boolean;
}

/**
 * Finds what each FROM, COPY --from and mount names (dockerfile2llb/convert.go: buildDispatchStates, toCommand,
 * detectRunMount, validateCircularDependency). The three resolve names differently: a FROM sees the stages before it and
 * minds case, the others see all stages and do not; COPY alone takes numbers. Stages of another tree stay as they are.
 */
export function resolveStages(
  stages: readonly StageNode[],
  globalArgs: readonly InstructionNode[],
  escapeToken: string,
  options: BuildOptions = {},
): Resolution {
  const resolver = new Resolver(stages, escapeToken);
  let values = NO_VARIABLES;
  let readsInstructions = false;
  if (globalArgs.length > 0 || stages.some(usesVariables) || options.buildArgs?.has(EPOCH)) {
    const predefined = predefinedArgs(options, stages);
    const args = globalArgs.filter((node) => node.keyword === "ARG");
    const scope = evaluateGlobalArgs(args, predefined, escapeToken, options.buildArgs);
    values = scope.values;
    if (scope.error !== null) resolver.fail(scope.error.message, scope.error.instruction.range);
    else if (scope.epoch !== null) {
      readsInstructions = true;
      const message = epochError(scope.epoch.value, stages, values, escapeToken);
      const at = scope.epoch.instruction ?? stages[0]?.instructions[0];
      if (message !== null && at !== undefined) resolver.fail(message, at.range);
    }
  }
  const targets = stages.map((stage) => [resolver.base(stage, values)]);
  for (const [index, stage] of stages.entries()) resolver.uses(stage, targets[index] as ReferenceTarget[]);
  const settled = stages.map((stage, index) => stage.settled(targets[index] as ReferenceTarget[]));
  resolver.cycles();
  resolver.order();
  const { names, graphError, diagnostics } = resolver;
  return { stages: settled, names, graphError, diagnostics, readsInstructions };
}

function usesVariables({ baseText, platform }: Stage): boolean {
  return baseText.includes("$") || platform?.includes("$") === true;
}

class Resolver {
  readonly diagnostics: Diagnostic[] = [];
  readonly names: SourceNames;
  graphError: string | null = null;
  /** stages that a stage's instructions need, and which of its uses needs each; its base is not among them */
  readonly #needs: { index: number; use: number }[][];
  /** some stage needs itself or one further down; without that there is no circle, and all is in order */
  #ahead = false;

  constructor(
    readonly stages: readonly StageNode[],
    readonly escapeToken: string,
  ) {
    this.names = new SourceNames(stages.length, escapeToken);
    this.#needs = stages.map(() => []);
  }

  fail(message: string, range: TextRange): void {
    this.graphError ??= message;
    this.diagnostics.push({ severity: "error", code: "GraphError", message, range });
  }

  base(stage: StageNode, values: Variables): ReferenceTarget {
    const raw = stage.baseText;
    const expanded =
      raw.includes("$") || needsLexer(raw, this.escapeToken)
        ? expand(raw, values, { escape: this.escapeToken })
        : null;
    let name = raw;
    if (expanded !== null && !expanded.ok) this.fail(expanded.error, stage.baseRange);
    else {
      name = expanded === null ? raw : expanded.value;
      if (name === "") this.fail(`base name (${raw}) should not be blank`, stage.baseRange);
    }
    if (stage.platform !== null && stage.platform !== "") this.#platform(stage, stage.platform, values);
    const index = this.names.byName.get(name);
    if (stage.name !== null) this.names.byName.set(stage.name, stage.index);
    if (index !== undefined) return { kind: "stage", index };
    return name === "" ? { kind: "invalid", reason: "the base name is blank" } : imageTarget(name);
  }

  #platform(stage: StageNode, raw: string, values: Variables): void {
    const expanded = expand(raw, values, { escape: this.escapeToken });
    const range = platformRange(stage);
    if (!expanded.ok) {
      this.fail(`failed to process arguments for platform : ${expanded.error}`, range);
      return;
    }
    const hint = suggestAny(expanded.unmatched, values);
    if (expanded.value === "") {
      this.fail(`empty platform value from expression ${raw}${hint}`, range);
      return;
    }
    const platform = parsePlatform(expanded.value, DEFAULT_PLATFORM);
    if ("error" in platform) this.fail(`failed to parse platform ${raw}: ${platform.error}${hint}`, range);
  }

  /** Adds what a stage's COPYs and mounts mean to its targets. */
  uses(stage: StageNode, targets: ReferenceTarget[]): void {
    const { uses } = stage.content;
    for (let use = 0; use < uses.length; use++) {
      const { content } = uses[use] as Use;
      const target = this.names.find(content?.kind ?? "mount", content?.raw ?? null);
      if (target.kind === "invalid") this.fail(target.reason, this.#rangeOf(stage, use));
      else this.names.note(target);
      targets.push(target);
      if (target.kind !== "stage") continue;
      this.#needs[stage.index]?.push({ index: target.index, use });
      if (target.index >= stage.index) this.#ahead = true;
    }
  }

  /** The first stage from which a circle can be reached through what instructions need. */
  cycles(): void {
    if (!this.#ahead) return;
    const done = new Set<number>();
    for (const stage of this.stages) {
      if (done.has(stage.index)) continue;
      const path = new Set<number>([stage.index]);
      const stack = [{ index: stage.index, next: 0 }];
      done.add(stage.index);
      while (stack.length > 0) {
        const top = stack[stack.length - 1] as { index: number; next: number };
        const need = this.#needs[top.index]?.[top.next++];
        if (need === undefined) {
          path.delete(top.index);
          stack.pop();
        } else if (path.has(need.index)) {
          const message = `circular dependency detected on stage: ${displayName(stage)}`;
          this.fail(message, this.#rangeOf(this.stages[top.index] as StageNode, need.use));
          return;
        } else if (!done.has(need.index)) {
          done.add(need.index);
          path.add(need.index);
          stack.push({ index: need.index, next: 0 });
        }
      }
    }
  }

  #rangeOf(stage: StageNode, use: number): TextRange {
    const { at, content } = stage.content.uses[use] as Use;
    const { by, range } = stage.instruction(at);
    return content === null ? range : moveRange(content.range, by);
  }

  /** A stage that is needed before it is defined; BuildKit finds out when it gets there. */
  order(): void {
    if (!this.#ahead || this.graphError !== null) return;
    for (const [at, needs] of this.#needs.entries()) {
      const stage = this.stages[at] as StageNode;
      for (const { index, use } of needs) {
        const content = stage.content.uses[use]?.content;
        if (index < at || !content) continue;
        const message = notThereYet(content, displayName(stage));
        const range = this.#rangeOf(stage, use);
        this.diagnostics.push({ severity: "error", code: "GraphError", message, range });
      }
    }
  }
}

function platformRange({ instructions, baseRange }: StageNode): TextRange {
  return instructions[0]?.flags.find((flag) => flag.name === "platform")?.range ?? baseRange;
}

function displayName(stage: Stage): string {
  return stage.name ?? `stage-${stage.index}`;
}

/** For the first name that is near to one that is set. */
function suggestAny(names: ReadonlySet<string>, values: Variables): string {
  for (const name of names) {
    const hint = didYouMean(name, [...values.keys()], true);
    if (hint !== "") return hint;
  }
  return "";
}
