import type { TextRange } from "../text";
import { isAscii, toLower } from "./characters";
import { epochError } from "./epoch";
import { type InstructionNode, moveRange } from "./node";
import { readInt64 } from "./numbers";
import { DEFAULT_PLATFORM, parsePlatform } from "./platform";
import { expand, type Variables } from "./shell";
import type { StageNode, Use } from "./stages";
import { didYouMean } from "./suggest";
import type { Diagnostic, ReferenceTarget, Stage } from "./types";
import { type BuildOptions, EPOCH, evaluateGlobalArgs, predefinedArgs } from "./variables";

const NO_VARIABLES: Variables = new Map();

export interface Resolution {
  /** the stages, knowing what their references mean */
  stages: StageNode[];
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
  const { graphError, diagnostics } = resolver;
  return { stages: settled, graphError, diagnostics, readsInstructions };
}

function usesVariables({ baseText, platform }: Stage): boolean {
  return baseText.includes("$") || platform?.includes("$") === true;
}

class Resolver {
  readonly diagnostics: Diagnostic[] = [];
  graphError: string | null = null;
  readonly #byName = new Map<string, number>();
  /** images that BuildKit appends to its list of stages as it meets them, where a number may find them */
  readonly #images: string[] = [];
  /** stages that a stage's instructions need, and which of its uses needs each; its base is not among them */
  readonly #needs: { index: number; use: number }[][];
  /** some stage needs itself or one further down; without that there is no circle, and all is in order */
  #ahead = false;

  constructor(
    readonly stages: readonly StageNode[],
    readonly escapeToken: string,
  ) {
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
    const index = this.#byName.get(name);
    if (stage.name !== null) this.#byName.set(stage.name, stage.index);
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
      let target: ReferenceTarget;
      // A mount that names nothing looks for a stage called scratch all the same.
      if (content === null) target = this.#nameTarget("scratch");
      else if (content.kind === "mount") target = this.#nameTarget(content.raw);
      else {
        const copy = this.#copyTarget(content.raw);
        if (copy.kind === "invalid") {
          this.fail(copy.reason, this.#rangeOf(stage, use));
        }
        target = copy;
      }
      targets.push(target);
      if (target.kind !== "stage") continue;
      this.#needs[stage.index]?.push({ index: target.index, use });
      if (target.index >= stage.index) this.#ahead = true;
    }
  }

  #copyTarget(raw: string): ReferenceTarget {
    if (needsLexer(raw, this.escapeToken)) {
      const expanded = expand(raw, NO_VARIABLES, { escape: this.escapeToken });
      const reason = !expanded.ok
        ? expanded.error
        : expanded.value === raw
          ? null
          : "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround";
      if (reason !== null) return { kind: "invalid", reason };
    }
    const number = stageNumber(raw);
    if (number === null) return this.#nameTarget(raw);
    if (number >= 0 && number < this.stages.length) return { kind: "stage", index: number };
    const image = this.#images[number - this.stages.length];
    return image === undefined
      ? { kind: "invalid", reason: `invalid stage index ${number}` }
      : imageTarget(image);
  }

  #nameTarget(name: string): ReferenceTarget {
    const index = this.#byName.get(toLower(name));
    if (index !== undefined) return { kind: "stage", index };
    this.#images.push(name);
    return imageTarget(name);
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
    const { by, range } = stage.instructions[at] as InstructionNode;
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
        const message =
          content.kind === "copy"
            ? `cannot copy from stage "${content.raw}", it needs to be defined before current stage "${displayName(stage)}"`
            : `cannot mount from stage "${content.raw}" to "${content.destination ?? ""}", stage needs to be defined before current command`;
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

function imageTarget(name: string): ReferenceTarget {
  return name === "scratch" ? { kind: "scratch" } : { kind: "image", ref: name };
}

/** For the first name that is near to one that is set. */
function suggestAny(names: ReadonlySet<string>, values: Variables): string {
  for (const name of names) {
    const hint = didYouMean(name, [...values.keys()], true);
    if (hint !== "") return hint;
  }
  return "";
}

/** Whether a word can be anything but itself once the shell's lexer has read it. */
function needsLexer(word: string, escapeToken: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const char = word.charAt(at);
    if (char === "$" || char === '"' || char === "'" || char === escapeToken) return true;
  }
  return !isAscii(word);
}

/** strconv.Atoi; null where it is no number, or too large for one. */
export function stageNumber(text: string): number | null {
  const number = readInt64(text);
  return number === null ? null : Number(number);
}
