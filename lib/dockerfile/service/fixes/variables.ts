/** Fixes that declare a variable, or give it a value. */

import { planEdit } from "../../edits";
import { parseImageReference } from "../../image";
import type { InstructionNode } from "../../node";
import { expand } from "../../shell";
import { globalScope, splitArg } from "../../variables";
import { variableWords } from "../variable-words";
import { type Fixer, nodeOf } from "./fix";

/** For a variable that a stage uses and does not declare: the ARG of the file's head is not seen in a stage by itself. */
export const declareInStage: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  const name = nameIn(finding.message);
  // What a base holds back is complained of at the FROM, where nothing can be declared before it.
  if (node === null || name === null || node.stage === null || node.keyword === "FROM") return null;
  const plan = planEdit(tree, {
    type: "insertInstruction",
    stage: node.stage,
    at: node.indexInStage,
    text: `${keywordLike(node, "ARG")} ${name}`,
  });
  return plan.ok ? { title: `Declare ARG ${name} before it`, edits: plan.edits } : null;
};

/** For a variable in a FROM: an ARG before the first one. */
export const declareGlobally: Fixer = (tree, finding) => {
  const name = nameIn(finding.message);
  const first = tree.stages[0];
  if (name === null || first === undefined) return null;
  const from = first.instructions[0] as InstructionNode;
  const last = tree.globalArgs[tree.globalArgs.length - 1];
  const ending = tree.source.includes("\r\n") ? "\r\n" : "\n";
  const text = `${keywordLike(from, "ARG")} ${name}`;
  if (last !== undefined) {
    const at = last.range.end;
    return { title: `Declare ARG ${name}`, edits: [{ start: at, end: at, text: ending + text }] };
  }
  const at = from.range.start;
  return { title: `Declare ARG ${name}`, edits: [{ start: at, end: at, text: text + ending }] };
};

/** For the tag of an image whose ARG has no default, the one that an image without a tag has. */
export const defaultToLatest: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  const stage = tree.stages[node?.stage ?? -1];
  if (node?.keyword !== "FROM" || stage === undefined) return null;
  const { values } = globalScope(tree, {});
  const empty = new Set(
    variableWords(tree, node)
      .map(({ name }) => name)
      .filter((name) => (values.get(name) ?? "") === ""),
  );
  const [name] = empty;
  if (name === undefined || empty.size !== 1) return null;
  const filled = expand(stage.baseText, new Map([...values, [name, "latest"]]), { escape: tree.escape });
  const image = filled.ok ? parseImageReference(filled.value) : null;
  if (image?.tag !== "latest") return null;
  for (const global of tree.globalArgs) {
    const word = global.args.find(({ value }) => splitArg(value).name === name);
    if (word === undefined) continue;
    return { title: `Give ${name} the default "latest"`, edits: [{ ...word.range, text: `${name}=latest` }] };
  }
  return null;
};

/** The variable that a finding speaks of. */
function nameIn(message: string): string | null {
  return /'\$?([A-Za-z_]\w*)'/.exec(message)?.[1] ?? null;
}

function keywordLike(node: InstructionNode, keyword: string): string {
  return node.name === node.name.toLowerCase() ? keyword.toLowerCase() : keyword;
}
