import type { InstructionNode } from "./node";
import { parseText } from "./parser";
import { placeReference, referencesOf } from "./references";
import type { ReferenceTarget, Stage, StageReference } from "./types";

const UNRESOLVED: ReferenceTarget = { kind: "invalid", reason: "not resolved" };

/** The instructions that a stage's ONBUILDs hold back, read anew as a stage built on it runs them. */
export function triggersOf(stage: Stage): InstructionNode[] {
  const triggers: InstructionNode[] = [];
  for (const node of stage.instructions as InstructionNode[]) {
    if (node.keyword !== "ONBUILD" || node.trigger === null) continue;
    // BuildKit keeps the text of it, and forgets the file's escape token.
    const { instructions } = parseText(expressionOf(node));
    if (instructions.length === 1) triggers.push(instructions[0] as InstructionNode);
  }
  return triggers;
}

function expressionOf(node: InstructionNode): string {
  let text = node.line.text.replace(/^\s*ONBUILD\s*/i, "");
  for (const { content, name } of node.heredocs) text += `\n${content}${name}`;
  return text;
}

/** What a trigger takes files from; targets are not resolved. */
export function triggerReferences(trigger: InstructionNode): StageReference[] {
  const named = referencesOf(trigger.content).filter((each) => each !== null);
  return named.map((each) => placeReference(trigger, each, UNRESOLVED));
}
