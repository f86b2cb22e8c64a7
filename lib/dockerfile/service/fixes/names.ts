/** Fixes that put another name in the place of one. */
import { planEdit } from "../../edits";
import { variableWords } from "../variable-words";
import { type Fixer, nodeOf } from "./fix";

/** The check names the variable that was meant. */
export const useMeantVariable: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  const said = /'\$?(\w+)'.*\(did you mean \$?(\w+)\?\)$/.exec(finding.message);
  if (node === null || said === null) return null;
  const [, wrong, meant = ""] = said;
  const edits = variableWords(tree, node)
    .filter(({ name }) => name === wrong)
    .map(({ range }) => ({ ...range, text: meant }));
  return edits.length === 0 ? null : { title: `Use $${meant}`, edits };
};

/** For names that are taken, by another stage or by the builder. */
export const useFreeName: Fixer = (tree, finding) => {
  const node = nodeOf(tree, finding);
  const stage = tree.stages[node?.stage ?? -1];
  if (node?.keyword !== "FROM" || stage?.name == null) return null;
  const names = new Set(tree.stages.map(({ name }) => name));
  let suffix = 2;
  while (names.has(`${stage.name}-${suffix}`)) suffix++;
  const name = `${stage.name}-${suffix}`;
  const plan = planEdit(tree, { type: "renameStage", stage: stage.index, name });
  return plan.ok ? { title: `Call it "${name}"`, edits: plan.edits } : null;
};
