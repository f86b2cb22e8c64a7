import { checkInstruction } from "./instructions/check";
import { InstructionNode } from "./node";
import { parseText } from "./parser";
import { placeReference, referencesOf } from "./references";
import type { SourceNames } from "./sourceNames";
import type { ReferenceTarget, Stage, StageReference } from "./types";

const UNRESOLVED: ReferenceTarget = { kind: "invalid", reason: "not resolved" };

/** The instructions that a stage's ONBUILDs hold back, read anew as a stage built on it runs them. */
export function triggersOf(stage: Stage): InstructionNode[] {
  return readTriggers(stage).nodes;
}

/** What a trigger takes files from; targets are not resolved. */
export function triggerReferences(trigger: InstructionNode): StageReference[] {
  const named = referencesOf(trigger.content).filter((each) => each !== null);
  return named.map((each) => placeReference(trigger, each, UNRESOLVED));
}

/** What a trigger takes files from, when a stage runs it. */
export interface TriggerUse {
  kind: StageReference["kind"];
  /** as BuildKit sees it; null for a mount that names nothing */
  raw: string | null;
  /** of a mount, its `target` */
  destination?: string | undefined;
  target: ReferenceTarget;
}

/** What a stage holds back for those built on it. */
export interface HeldBack {
  /** in the order in which they are run */
  uses: readonly TriggerUse[];
  /** why a stage built on it cannot be built, in BuildKit's words */
  error: string | null;
}

/** What the ONBUILDs of a file's stages come to where they are run (dockerfile2llb/convert.go, initOnBuildTriggers). */
export class Triggers {
  readonly #known = new Map<number, HeldBack>();

  constructor(
    readonly stages: readonly Stage[],
    readonly names: SourceNames,
  ) {}

  /** Of the stage at an index. */
  of(index: number): HeldBack {
    const known = this.#known.get(index) ?? this.#read(this.stages[index] as Stage);
    this.#known.set(index, known);
    return known;
  }

  #read(stage: Stage): HeldBack {
    const uses: TriggerUse[] = [];
    let { nodes, error } = readTriggers(stage);
    for (const node of nodes) {
      error ??= checkInstruction(node.content)?.message ?? null;
      for (const content of referencesOf(node.content)) {
        const { kind, raw, destination } = content ?? { kind: "mount", raw: null };
        const target = this.names.find(kind, raw);
        if (target.kind === "invalid") error ??= target.reason;
        uses.push({ kind, raw, destination, target });
      }
    }
    return { uses, error };
  }
}

function readTriggers(stage: Stage): { nodes: InstructionNode[]; error: string | null } {
  const nodes: InstructionNode[] = [];
  let error: string | null = null;
  for (const node of stage.instructions as InstructionNode[]) {
    if (node.keyword !== "ONBUILD" || node.trigger === null) continue;
    // BuildKit keeps the text of it, and forgets the file's escape token.
    const { instructions, problems } = parseText(expressionOf(node));
    const [only] = instructions;
    if (only !== undefined && instructions.length === 1) nodes.push(new InstructionNode(only));
    error ??=
      problems[0]?.message ??
      (instructions.length === 1 ? null : "onbuild trigger should be a single expression");
  }
  return { nodes, error };
}

function expressionOf(node: InstructionNode): string {
  let text = node.line.text.replace(/^\s*ONBUILD\s*/i, "");
  for (const { content, name } of node.heredocs) text += `\n${content}${name}`;
  return text;
}
