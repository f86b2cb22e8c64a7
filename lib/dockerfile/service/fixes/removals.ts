/** Fixes that take something away. */
import type { TextEdit } from "../../../text";
import { skipSpace } from "../../characters";
import { planEdit } from "../../edits";
import { type Fixer, nodeOf } from "./fix";

/** Blank lines within continuations; the finding is at the last line of the instruction. */
export const removeBlankLines: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  if (node === null) return null;
  const { lines, source } = tree;
  const last = lines.lineAt(finding.range.start);
  const edits: TextEdit[] = [];
  for (let line = node.startLine + 1; line <= last; line++) {
    const start = lines.lineStart(line);
    const end = line < lines.lineCount ? lines.lineStart(line + 1) : source.length;
    if (skipSpace(source, start, end) !== end || start === end) continue;
    const before = edits[edits.length - 1];
    if (before?.end === start) before.end = end;
    else edits.push({ start, end, text: "" });
  }
  return edits.length === 0 ? null : { title: "Remove the empty lines", edits };
};

export const removePlatform: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  const flag = node?.flags.find(({ name }) => name === "platform");
  if (flag === undefined) return null;
  const { start, end } = flag.range;
  const next = skipSpace(tree.source, end, tree.source.length);
  const sameLine = !tree.source.slice(end, next).includes("\n");
  return { title: "Remove the flag", edits: [{ start, end: sameLine ? next : end, text: "" }] };
};

/** The finding is at the earlier one, which has no effect. */
export const removeInstruction: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  if (node === null || node.stage === null) return null;
  const plan = planEdit(tree, {
    type: "removeInstruction",
    stage: node.stage,
    instruction: node.indexInStage,
  });
  return plan.ok ? { title: `Remove this ${node.keyword}`, edits: plan.edits } : null;
};

export const removeStage: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  if (node?.keyword !== "FROM" || node.stage === null) return null;
  const plan = planEdit(tree, { type: "removeStage", stage: node.stage });
  return plan.ok ? { title: "Remove the stage", edits: plan.edits } : null;
};
