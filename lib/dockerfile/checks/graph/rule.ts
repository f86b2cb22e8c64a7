import type { TextRange } from "../../../text";
import type { Dockerfile, Instruction } from "../../types";

/** Something about the file as a graph that BuildKit has no check for. Only ever a hint. */
export interface GraphRule {
  name: string;
  description: string;
  check(tree: Dockerfile, report: GraphReport): void;
}

/** `at` is whose comment may switch the rule off. */
export type GraphReport = (at: Instruction, message: string, range: TextRange) => void;
