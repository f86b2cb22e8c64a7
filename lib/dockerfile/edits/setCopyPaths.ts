import type { TextEdit } from "../../text";
import type { InstructionNode } from "../node";
import type { Argument, Dockerfile } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { checkPaths, needsJson, writePaths } from "./paths";
import { shapeOf } from "./shape";

/** Changes what a COPY or ADD copies, and where to. */
export function setCopyPaths(
  tree: Dockerfile,
  edit: { stage: number; instruction: number; sources: string[]; destination: string },
): Draft | Refusal {
  const node = tree.stages[edit.stage]?.instructions[edit.instruction] as InstructionNode | undefined;
  if (node === undefined || (node.keyword !== "COPY" && node.keyword !== "ADD")) {
    return refuse("There is no COPY or ADD there.");
  }
  if (node.heredocs.length > 0) return refuse("It copies text written in the Dockerfile; edit it there.");
  const checked = checkPaths(edit.sources, edit.destination);
  if ("reason" in checked) return checked;
  const paths = [...checked.sources, checked.destination];
  const done = {
    notes: checked.notes,
    expected: { shape: shapeOf(tree) },
    select: { stage: edit.stage, instruction: edit.instruction },
  };
  const same = paths.length === node.args.length && (node.json || !needsJson(paths));
  if (!same) {
    const { start, end } = node.argsRange;
    const apart = node.args.length === 0 && !/\s$/.test(tree.source.slice(0, start)) ? " " : "";
    return { ...done, edits: [{ start, end, text: apart + writePaths(paths, node.json) }] };
  }
  const edits: TextEdit[] = [];
  for (const [index, path] of paths.entries()) {
    const { value, range } = node.args[index] as Argument;
    if (value !== path) edits.push({ ...range, text: node.json ? JSON.stringify(path) : path });
  }
  return { ...done, edits };
}
