import type { TextEdit } from "../../text";
import type { Dockerfile, StageReference } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { called, capital, freeName, isNumber, nameForFiles } from "./names";
import { nameEdit } from "./renameStage";
import { type StageShape, shapeOf } from "./shape";

/** Writes the names of stages where COPYs have their numbers. A stage without one is given a name. */
export function nameReferences(
  tree: Dockerfile,
  edit: { at?: { stage: number; instruction: number } | undefined },
): Draft | Refusal {
  const { at } = edit;
  const instruction = at === undefined ? null : tree.stages[at.stage]?.instructions[at.instruction];
  const numbers = tree.stages
    .flatMap(({ copies }) => copies)
    .filter((each) => isNumber(each) && each.target.kind === "stage")
    .filter((each) => instruction === null || each.instruction === instruction);
  if (numbers.length === 0) {
    return refuse(at === undefined ? "No COPY names a stage by its number." : "It names no stage by number.");
  }
  const shape = shapeOf(tree);
  const notes: string[] = [];
  const edits: TextEdit[] = [];
  const given = new Map<number, string>();
  for (const reference of numbers) {
    const index = targetOf(reference);
    let name = nameForFiles(tree, index) ?? given.get(index);
    if (name === undefined) {
      const stage = tree.stages[index];
      if (stage === undefined) continue;
      if (stage.name !== null) {
        const other = `Another stage is called ${called(stage)} too; line ${reference.instruction.startLine} keeps the number.`;
        if (at !== undefined) return refuse(other);
        notes.push(other);
        continue;
      }
      name = freeName(tree, index);
      const own = nameEdit(tree, stage, name);
      if ("reason" in own) return own;
      edits.push(own);
      given.set(index, name);
      notes.push(`${capital(called(stage))} had no name to refer to and is now called "${name}".`);
      (shape[index] as StageShape).name = name;
    }
    edits.push({ ...reference.range, text: name + reference.closing });
  }
  return at === undefined
    ? { edits, notes, expected: { shape } }
    : { edits, notes, expected: { shape }, select: at };
}

function targetOf({ target }: StageReference): number {
  return target.kind === "stage" ? target.index : -1;
}
