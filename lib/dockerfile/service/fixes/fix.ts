import type { TextEdit } from "../../../text";
import type { InstructionNode } from "../../node";
import type { Diagnostic, Dockerfile } from "../../types";
import { instructionAt } from "../place";

/** A way to make a finding go away. */
export interface Fix {
  /** what it does, as a wish: "Remove the flag" */
  title: string;
  /** sorted and disjoint */
  edits: TextEdit[];
}

/** Fixes of one check's findings; none where a finding is not of the plain kind. */
export type Fixer = (tree: Dockerfile, finding: Diagnostic) => Fix | null;

export function nodeOf(tree: Dockerfile, finding: Diagnostic): InstructionNode | null {
  return instructionAt(tree, finding.range.start);
}

export function written(tree: Dockerfile, range: { start: number; end: number }): string {
  return tree.source.slice(range.start, range.end);
}

/** The logical text of an instruction's arguments; null where comments or heredocs in between would be lost. */
export function plainArguments(tree: Dockerfile, node: InstructionNode): string | null {
  if (node.heredocs.length > 0 || node.trigger !== null) return null;
  if (/\n[ \t]*#/.test(written(tree, node.range))) return null;
  return node.line.text.slice(node.argsSpan.start, node.argsSpan.end);
}
