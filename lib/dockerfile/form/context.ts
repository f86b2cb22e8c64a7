import type { TextEdit, TextRange } from "../../text";
import type { InstructionNode } from "../node";
import { parseDockerfile } from "../parse";
import type { Dockerfile } from "../types";
import type { Field, FieldValue } from "./types";

/** An instruction on its own, in a file just large enough for it to be read. */
export interface Context {
  tree: Dockerfile;
  node: InstructionNode;
  /** where its text begins in the tree's source */
  offset: number;
}

/** A field: how it is read from an instruction, and how it is written into it. */
export interface FieldSpec {
  read(context: Context): Field;
  write(context: Context, value: never): TextEdit[] | Refused;
}

export interface Refused {
  reason: string;
}

export const isRefused = (result: TextEdit[] | Refused): result is Refused => !Array.isArray(result);

/** The one instruction that the text is; null where it is none, or more. */
export function contextOf(text: string, escapeToken: Dockerfile["escape"]): Context | null {
  const before = `${escapeToken === "`" ? "# escape=`\n" : ""}FROM scratch\n`;
  const tree = parseDockerfile(before + text);
  const [, node, more] = tree.instructions;
  if (node === undefined || more !== undefined || tree.stages.length !== 1) return null;
  return { tree, node: node as InstructionNode, offset: before.length };
}

/** A field of a kind, whose value is given as that kind has it. */
export function field<K extends Field["kind"]>(
  read: (context: Context) => Extract<Field, { kind: K }>,
  write: (context: Context, value: Extract<Field, { kind: K }>["value"]) => TextEdit[] | Refused,
): FieldSpec {
  return { read, write: write as (context: Context, value: FieldValue) => TextEdit[] | Refused };
}

/** From a place to the end of the instruction, heredoc bodies included. */
export function restFrom({ node }: Context, start: number): TextRange {
  return { start: Math.min(start, node.range.end), end: node.range.end };
}

/** Writes over a range, with a space before it where it would touch what stands there. */
export function write({ tree }: Context, range: TextRange, text: string): TextEdit {
  const apart = range.start > 0 && !/\s/.test(tree.source.charAt(range.start - 1)) && text !== "" ? " " : "";
  return { ...range, text: apart + text };
}
