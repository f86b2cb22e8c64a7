import type { TextEdit } from "../../text";
import type { Dockerfile, Stage } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { blockOf, keywordLike, lineEnding, stageGap } from "./layout";
import { checkName } from "./names";
import { renumber } from "./renumber";
import { ANY, idOf, shapeOf } from "./shape";

/** Adds a stage of one FROM behind another (`after` -1: before the first). */
export function addStage(
  tree: Dockerfile,
  edit: { name?: string | undefined; base: string; after?: number | undefined },
): Draft | Refusal {
  const { stages, source } = tree;
  const after = edit.after ?? stages.length - 1;
  if (after < -1 || after >= stages.length || !Number.isInteger(after))
    return refuse("There is no such stage.");
  if (edit.base === "" || /\s/.test(edit.base))
    return refuse("A stage needs an image or a stage to start from.");
  let name: string | null = null;
  if (edit.name !== undefined && edit.name !== "") {
    const checked = checkName(tree, edit.name, null, after + 1);
    if ("reason" in checked) return checked;
    name = checked.name;
  }
  const neighbour = (stages[Math.max(after, 0)] as Stage | undefined)?.instructions[0];
  const as = name === null ? "" : ` ${keywordLike(neighbour, tree, "AS")} ${name}`;
  const line = `${keywordLike(neighbour, tree, "FROM")} ${edit.base}${as}`;
  const notes: string[] = [];
  const edits: TextEdit[] = renumber(tree, (index) => (index > after ? index + 1 : index), notes);
  edits.push(insertion(tree, after, line));
  if (stages.length > 0 && after === stages.length - 1) {
    notes.push("It is now the last stage, which is what a build without a target builds.");
  }
  const shape = shapeOf(tree);
  const known = stages.slice(0, after + 1).findLast((stage) => stage.name === edit.base);
  const image = edit.base === "scratch" ? "scratch" : /["'\\`$]/.test(edit.base) ? ANY : `image ${edit.base}`;
  const base = known === undefined ? image : idOf(known.index);
  shape.splice(after + 1, 0, { id: "new", name, base, uses: [] });
  return { edits, notes, expected: { shape }, select: { stage: after + 1 } };

  function insertion(of: Dockerfile, behind: number, text: string): TextEdit {
    if (of.stages.length === 0) {
      const ending = lineEnding(of, source.length);
      const open = source === "" || source === "\ufeff" || source.endsWith("\n") ? "" : ending;
      const apart = of.globalArgs.length > 0 ? ending : "";
      return { start: source.length, end: source.length, text: open + apart + text + ending };
    }
    const block = blockOf(of, of.stages[Math.max(behind, 0)] as Stage);
    const gap = stageGap(of, behind);
    return behind === -1
      ? { start: block.start, end: block.start, text: text + gap }
      : { start: block.end, end: block.end, text: gap + text };
  }
}
