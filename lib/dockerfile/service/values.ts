/** What variables are worth at an instruction, through `evaluate`. */
import { type EvaluateOptions, evaluate } from "../evaluate";
import type { InstructionNode } from "../node";
import { expand } from "../shell";
import type { Dockerfile, Stage } from "../types";
import { globalScope } from "../variables";

/** Variables as an instruction sees them; those it sets itself have the value it gives them. Null before any stage. */
export function valuesAt(
  tree: Dockerfile,
  instruction: InstructionNode,
  options: EvaluateOptions = {},
): ReadonlyMap<string, string> {
  if (instruction.stage === null || instruction.keyword === "FROM") return globalScope(tree, options).values;
  let values: Map<string, string> | null = null;
  evaluate(tree, options, ({ node, state, pairs }) => {
    if (node !== instruction) return;
    values = new Map(state.variables);
    if (node.keyword === "LABEL") return;
    for (const { name, value } of pairs) if (value !== null) values.set(name, value);
  });
  return values ?? new Map();
}

/** A stage's base with its ARGs expanded; as written where that cannot be done. */
export function expandedBase(tree: Dockerfile, stage: Stage, options: EvaluateOptions = {}): string {
  const result = expand(stage.baseText, globalScope(tree, options).values, { escape: tree.escape });
  return result.ok && result.value !== "" ? result.value : stage.baseText;
}
