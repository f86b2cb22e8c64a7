import type { TextRange } from "../../text";
import type { InstructionNode } from "../node";
import type { Dockerfile, StageReference } from "../types";

export function holds(range: TextRange, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}

/** The instruction that an offset stands in, its heredocs and the end of its last line included; or null. */
export function instructionAt(tree: Dockerfile, offset: number): InstructionNode | null {
  const nodes = tree.instructions;
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle] as InstructionNode).range.start <= offset) low = middle + 1;
    else high = middle;
  }
  const node = nodes[low - 1] as InstructionNode | undefined;
  return node !== undefined && holds(node.range, offset) ? node : null;
}

/** Of an ONBUILD, what it holds back where the offset stands in that; else the instruction itself. */
export function innermost(node: InstructionNode, offset: number): InstructionNode {
  let inner = node;
  while (inner.trigger !== null && inner.trigger.keywordRange.start <= offset) inner = inner.trigger;
  return inner;
}

/** The word at an offset that names a stage or an image to take something from; or null. */
export function referenceAt(tree: Dockerfile, offset: number): StageReference | null {
  const index = instructionAt(tree, offset)?.stage ?? null;
  const stage = index === null ? undefined : tree.stages[index];
  if (stage === undefined) return null;
  return [stage.base, ...stage.copies, ...stage.mounts].find((each) => holds(each.range, offset)) ?? null;
}

/** Where an offset of the source stands in an instruction's joined line; -1 in comments and heredocs between. */
export function offsetInLine(node: InstructionNode, offset: number): number {
  const { segments, start, text } = node.line;
  const pieces = segments ?? [0, start];
  for (let index = 0; index < pieces.length; index += 2) {
    const from = pieces[index] as number;
    const source = pieces[index + 1] as number;
    const length = (pieces[index + 2] ?? text.length) - from;
    if (offset >= source && offset <= source + length) return from + offset - source;
  }
  return -1;
}

/** An instruction's name as a person reads it in a file: "line 3". */
export function lineOf(tree: Dockerfile, offset: number): number {
  return tree.lines.lineAt(offset);
}
