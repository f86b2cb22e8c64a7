import type { TextEdit } from "../../text";
import type { Dockerfile } from "../types";
import { isNumber, nameForFiles } from "./names";

/**
 * Rewrites the numbers of COPY --from that would mean another stage once stages change places: into the stage's name
 * where it has one to itself, else into its new number. Adds to `notes` what it does.
 *
 * @param newIndex where a stage goes; null for one that goes away
 */
export function renumber(
  tree: Dockerfile,
  newIndex: (index: number) => number | null,
  notes: string[],
): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const stage of tree.stages) {
    if (newIndex(stage.index) === null) continue;
    for (const reference of stage.copies) {
      if (!isNumber(reference) || reference.target.kind !== "stage") continue;
      const { index } = reference.target;
      const moved = newIndex(index);
      if (moved === null || moved === index) continue;
      const word = nameForFiles(tree, index) ?? String(moved);
      edits.push({ ...reference.range, text: word + reference.closing });
      notes.push(
        `--from=${reference.raw} on line ${reference.instruction.startLine} becomes --from=${word}.`,
      );
    }
  }
  return edits;
}

/** Splits edits into those inside a range, with offsets from its start, and the others. */
export function splitByRange(edits: readonly TextEdit[], start: number, end: number) {
  const inside: TextEdit[] = [];
  const outside: TextEdit[] = [];
  for (const edit of edits) {
    if (edit.start >= start && edit.end <= end) {
      inside.push({ start: edit.start - start, end: edit.end - start, text: edit.text });
    } else outside.push(edit);
  }
  return { inside, outside };
}
