/** What is done to several rows at once, as edits one after another: each counts on what those before it leave. */
import type { Dockerfile, DockerfileEdit } from "@/lib/dockerfile";

/** Instructions `[from, to)` of a stage, by index. */
export interface Rows {
  stage: number;
  from: number;
  to: number;
}

const indexes = ({ from, to }: Rows) => Array.from({ length: to - from }, (_, i) => from + i);

/** From the last to the first, so that those that are still to come keep their numbers. */
export function removeRows(rows: Rows): DockerfileEdit[] {
  return indexes(rows)
    .reverse()
    .map((instruction) => ({ type: "removeInstruction", stage: rows.stage, instruction }));
}

export function commentOutRows(rows: Rows): DockerfileEdit[] {
  return indexes(rows)
    .reverse()
    .map((instruction) => ({ type: "commentOut", stage: rows.stage, instruction }));
}

/** Once more, behind themselves. */
export function duplicateRows(tree: Dockerfile, rows: Rows): DockerfileEdit[] {
  return indexes(rows).map((instruction, nth) => {
    const range = tree.stages[rows.stage]?.instructions[instruction]?.range;
    const text = range ? tree.source.slice(range.start, range.end) : "";
    return { type: "insertInstruction", stage: rows.stage, at: rows.to + nth, text };
  });
}

/** To before instruction `at` of a stage, counted before the move. */
export function moveRows(rows: Rows, to: { stage: number; at: number }): DockerfileEdit[] {
  const within = to.stage === rows.stage;
  if (within && to.at >= rows.from && to.at <= rows.to) return [];
  // What moves down within its stage, or out of it, makes room for the next to take its number.
  const stays = !within || to.at > rows.from;
  const follows = !within || to.at < rows.from;
  return indexes(rows).map((instruction, nth) => ({
    type: "moveInstruction",
    from: { stage: rows.stage, instruction: stays ? rows.from : instruction },
    to: { stage: to.stage, at: follows ? to.at + nth : to.at },
  }));
}

/** Where the rows are once they were moved. */
export function movedRows(rows: Rows, to: { stage: number; at: number }): Rows {
  const length = rows.to - rows.from;
  const from = to.stage === rows.stage && to.at > rows.from ? to.at - length : to.at;
  const still = to.stage === rows.stage && to.at >= rows.from && to.at <= rows.to;
  return still ? rows : { stage: to.stage, from, to: from + length };
}

/**
 * Where a step up or down leads: past the neighbour, or over the edge of the stage to the end of the one before it or
 * the beginning of the next. Null where the file ends.
 */
export function stepOf(tree: Dockerfile, rows: Rows, by: -1 | 1): { stage: number; at: number } | null {
  const count = tree.stages[rows.stage]?.instructions.length ?? 0;
  if (by < 0 && rows.from > 1) return { stage: rows.stage, at: rows.from - 1 };
  if (by > 0 && rows.to < count) return { stage: rows.stage, at: rows.to + 1 };
  const other = tree.stages[rows.stage + by];
  if (other === undefined) return null;
  return { stage: other.index, at: by < 0 ? other.instructions.length : 1 };
}
