import type { TextRange } from "../../text";
import { type ResolvedBuild, type ResolvedStage, resolveBuild } from "../build";
import { type EvaluateOptions, evaluate } from "../evaluate";
import type { InstructionNode } from "../node";
import type { Platform } from "../platform";
import { expand } from "../shell";
import type { Diagnostic, Dockerfile, Stage } from "../types";
import { globalScope } from "../variables";
import {
  type CheckConfig,
  DEFAULT_CONFIG,
  fileConfig,
  isOn,
  parseCheckOptions,
  withComments,
} from "./config";
import type { Expanded, Report, Rule, StageFacts, StageMemory } from "./rule";
import { RULES } from "./rules";

export type { RuleText } from "./rule";
export { RULES } from "./rules";

export interface CheckOptions extends EvaluateOptions {
  /** whether the build context's .dockerignore keeps a path out; without it there is no CopyIgnoredFile */
  isIgnored?: (path: string) => boolean;
  /** what a base image was pulled as; without it there is no InvalidBaseImagePlatform */
  imagePlatform?: (ref: string) => Platform | null;
}

/** A rule broken at a place. */
export interface Finding {
  rule: string;
  message: string;
  description: string;
  url?: string;
  /** 1-based, the one BuildKit reports */
  line: number;
  range: TextRange;
}

export interface CheckResult {
  /** in the order BuildKit finds them */
  findings: Finding[];
  /** `check=error=true` is set and something was found: the build fails */
  failsBuild: boolean;
  /** the file's `# check=` cannot be read, which makes a build fail */
  configError: string | null;
}

/**
 * BuildKit's build checks (`docker build --check`), without a build: its rules, texts and links, `# check=` for the file
 * and for single instructions. Where a build would stop at an error, this goes on. What only a build knows (images'
 * environments, the context) comes with the options; without it base images are taken to set nothing but PATH.
 *
 * With a target, what is said of instructions is said of the stages it needs alone, and nothing of those that a named
 * context replaces; without one, of all (dockerfile2llb/convert.go, DockerfileLint). What is said of names, of casing and
 * of a FROM's arguments is said of every stage either way.
 */
export function checkDockerfile(tree: Dockerfile, options: CheckOptions = {}): CheckResult {
  // BUILDKIT_DOCKERFILE_CHECK as a build argument stands in for the file's directive (dockerui/config.go).
  const given = options.buildArgs?.get("BUILDKIT_DOCKERFILE_CHECK");
  const read = given === undefined ? fileConfig(tree.source) : parseCheckOptions(given);
  const configError = typeof read.error === "string" ? read.error : null;
  const config = configError === null ? (read as CheckConfig) : DEFAULT_CONFIG;
  const run = new CheckRun(tree, options, config);
  run.all();
  return { findings: run.findings, failsBuild: config.error && run.findings.length > 0, configError };
}

/** Findings as diagnostics. */
export function findingDiagnostics(findings: readonly Finding[]): Diagnostic[] {
  return findings.map(({ rule, message, range, url }) => ({
    severity: "warning",
    code: rule,
    message,
    range,
    ...(url === undefined ? {} : { url }),
  }));
}

class CheckRun {
  readonly findings: Finding[] = [];
  readonly #build: ResolvedBuild;
  readonly #everyStage: boolean;
  readonly #configs = new Map<readonly string[], CheckConfig>();

  constructor(
    readonly tree: Dockerfile,
    readonly options: CheckOptions,
    readonly config: CheckConfig,
  ) {
    this.#build = resolveBuild(tree, options);
    this.#everyStage = options.target === undefined || options.target === "";
  }

  all(): void {
    const nodes = this.tree.instructions as InstructionNode[];
    for (const rule of RULES) rule.file?.(this.tree, this.#report(rule, this.config), this.options);
    const readers = RULES.filter((rule) => rule.instruction !== undefined);
    for (const node of nodes) {
      const config = this.#configAt(node.comments);
      for (const rule of readers) rule.instruction?.(node, this.#report(rule, config));
    }
    this.#stages();
    this.#steps();
  }

  #stages(): void {
    const scope = globalScope(this.tree, this.options);
    const declared = [...scope.declared];
    const rules = RULES.filter((rule) => rule.stage !== undefined);
    for (const stage of this.tree.stages) {
      const facts = this.#facts(stage, declared, scope.values);
      const config = this.#configAt(facts.node.comments);
      for (const rule of rules) rule.stage?.(facts, this.#report(rule, config), this.options);
    }
  }

  #facts(stage: Stage, declared: readonly string[], values: ReadonlyMap<string, string>): StageFacts {
    const platform = stage.platform || null;
    return {
      stage,
      node: stage.instructions[0] as InstructionNode,
      resolved: this.#build.stages[stage.index] as ResolvedStage,
      reached: this.#everyStage || this.#build.stages[stage.index]?.reached === true,
      base: this.#expanded(stage.baseText, values),
      platform: platform === null ? null : { ...this.#expanded(platform, values), written: platform },
      declared,
      values,
    };
  }

  #expanded(word: string, values: ReadonlyMap<string, string>): Expanded {
    const result = expand(word, values, { escape: this.tree.escape });
    const value = result.ok ? result.value : null;
    return { value, matched: result.matched, unmatched: result.unmatched };
  }

  #steps(): void {
    const rules = RULES.filter((rule) => rule.step !== undefined);
    let stage: Stage | null = null;
    let memory: StageMemory = new Map();
    evaluate(this.tree, { ...this.options, everyStage: this.#everyStage }, (step) => {
      const { reached, replacedBy } = step.state.resolved;
      if (!this.#everyStage && (!reached || replacedBy !== null)) return;
      if (step.state.stage !== stage) {
        stage = step.state.stage;
        memory = new Map();
      }
      const config = this.#configAt(step.node.comments);
      for (const rule of rules) rule.step?.(step, this.#report(rule, config), memory, this.options);
    });
  }

  /** Most instructions have no comments, and comments right above are seldom a `check=`. */
  #configAt(comments: readonly string[]): CheckConfig {
    if (comments.length === 0) return this.config;
    const known = this.#configs.get(comments) ?? withComments(this.config, comments);
    this.#configs.set(comments, known);
    return known;
  }

  #report(rule: Rule, config: CheckConfig): Report {
    if (!isOn(config, rule)) return ignore;
    return (place, message, range) => {
      const { lines } = this.tree;
      const line =
        "line" in place && typeof place.line === "number" ? place.line : (place as InstructionNode).startLine;
      const whole =
        "keywordRange" in place
          ? place.keywordRange
          : { start: lines.lineStart(line), end: lines.lineEnd(line) };
      const finding: Finding = {
        rule: rule.name,
        message,
        description: rule.description,
        line,
        range: range ?? whole,
      };
      if (rule.url !== undefined) finding.url = rule.url;
      this.findings.push(finding);
    };
  }
}

const ignore: Report = () => {};
