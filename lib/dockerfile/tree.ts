import type { LineIndex } from "../text";
import type { InstructionNode } from "./node";
import type { Problem } from "./parser";
import { type Resolution, resolveStages } from "./resolve";
import { faultyOf, type StageList, type StageNode } from "./stages";
import type { Diagnostic, Directive, Dockerfile, DockerfileError, StageEdge } from "./types";

/** What was read of a text but for its instructions. */
export interface TreeParts {
  source: string;
  lines: LineIndex;
  escape: "\\" | "`";
  directives: Directive[];
  problems: readonly Problem[];
  emptyContinuations: readonly number[];
}

/** A tree. Of what can be told from its stages, the long lists are made when somebody asks for them. */
export class Tree implements Dockerfile {
  readonly source: string;
  readonly lines: LineIndex;
  readonly escape: "\\" | "`";
  readonly directives: Directive[];
  readonly emptyContinuations: readonly number[];
  readonly problems: readonly Problem[];
  readonly globalArgs: InstructionNode[];
  readonly stages: StageNode[];
  readonly diagnostics: Diagnostic[];
  readonly error: DockerfileError | null;
  readonly graphError: string | null;
  #instructions: InstructionNode[] | null = null;
  #edges: StageEdge[] | null = null;

  /** @param resolution what the references of the stages mean, where that is known already */
  constructor(
    parts: TreeParts,
    { globalArgs, stages }: StageList,
    readonly resolution: Resolution = resolveStages(stages, globalArgs, parts.escape),
  ) {
    this.source = parts.source;
    this.lines = parts.lines;
    this.escape = parts.escape;
    this.directives = parts.directives;
    this.emptyContinuations = parts.emptyContinuations;
    this.problems = parts.problems;
    this.globalArgs = globalArgs;
    this.stages = resolution.stages;
    this.diagnostics = parts.problems.map(({ message, range }) => error("ParseError", message, range));
    const [first] = parts.problems;
    const fault = this.#faults();
    this.error = first ? { phase: "parse", message: first.message, lines: first.lines } : fault;
    if (this.error === null && stages.length === 0) {
      const message = "dockerfile contains no stages to build";
      this.error = { phase: "nostage", message, lines: null };
      this.diagnostics.push(error("InstructionError", message, { start: 0, end: this.source.length }));
    }
    for (const each of resolution.diagnostics) this.diagnostics.push(each);
    this.graphError = this.error === null ? resolution.graphError : null;
  }

  get accepted(): boolean {
    return this.error === null;
  }

  get instructions(): InstructionNode[] {
    this.#instructions ??= this.globalArgs.concat(this.stages.flatMap(({ instructions }) => instructions));
    return this.#instructions;
  }

  get edges(): StageEdge[] {
    if (this.#edges !== null) return this.#edges;
    const bases: StageEdge[] = [];
    const uses: StageEdge[] = [];
    for (const stage of this.stages) {
      for (const reference of stage.references) {
        const { target, kind } = reference;
        if (target.kind !== "stage") continue;
        const edge = { from: target.index, to: stage.index, kind, reference };
        (kind === "from" ? bases : uses).push(edge);
      }
    }
    this.#edges = bases.concat(uses);
    return this.#edges;
  }

  /** A diagnostic for each faulty instruction; returns the first, which is where BuildKit stops. */
  #faults(): DockerfileError | null {
    let first: DockerfileError | null = null;
    const report = (node: InstructionNode) => {
      const diagnostic = faultOf(node);
      if (diagnostic === null) return;
      const { message, whole, range } = diagnostic;
      this.diagnostics.push(error("InstructionError", message, range));
      first ??= {
        phase: "instructions",
        message: whole,
        lines: { start: node.startLine, end: node.endLine },
      };
    };
    faultyOf(
      this.globalArgs.map(({ content }) => content),
      0,
    );
    for (const node of this.globalArgs) report(node);
    for (const stage of this.stages) {
      for (const index of stage.content.faulty) report(stage.instruction(index));
    }
    return first;
  }
}

function error(code: string, message: string, range: Diagnostic["range"]): Diagnostic {
  return { severity: "error", code, message, range };
}

function faultOf(
  node: InstructionNode,
): { message: string; whole: string; range: Diagnostic["range"] } | null {
  const { fault } = node.content;
  let { range } = node;
  if (!fault) {
    if (node.stage !== null || node.keyword === "ARG") return null;
    const message = "no build stage in current context";
    return { message, whole: message, range };
  }
  const { message } = fault;
  if (fault.flag !== undefined) range = node.flags[fault.flag]?.range ?? range;
  else if (fault.argument !== undefined) range = node.args[fault.argument]?.range ?? range;
  else if (message.startsWith("unknown instruction")) range = node.keywordRange;
  return { message, whole: `dockerfile parse error on line ${node.startLine}: ${message}`, range };
}
