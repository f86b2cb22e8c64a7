import type { Dockerfile, Instruction, Stage } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { indentation, keywordLike, lineEnding } from "./layout";
import { checkPaths, writePaths } from "./paths";
import { idOf, type StageShape, shapeOf, sourceKey } from "./shape";
import { writeSource } from "./sources";
import type { Source } from "./types";

/** Instructions that say how the image runs; files are brought in before them. */
const CLOSING = new Set(["CMD", "ENTRYPOINT", "EXPOSE", "HEALTHCHECK", "STOPSIGNAL", "USER", "VOLUME"]);

/** Adds a line `COPY --from=…` to a stage. */
export function addCopy(
  tree: Dockerfile,
  edit: { stage: number; from: Source; sources: string[]; destination: string; at?: number | undefined },
): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  if (stage === undefined) return refuse("There is no such stage.");
  const written = writeSource(tree, stage.index, "copy", edit.from);
  if ("reason" in written) return written;
  const paths = checkPaths(edit.sources, edit.destination);
  if ("reason" in paths) return paths;
  const at = edit.at ?? placeForFiles(stage);
  const previous = stage.instructions[at - 1];
  if (previous === undefined || at > stage.instructions.length)
    return refuse("There is no such place in the stage.");
  const text = writePaths([...paths.sources, paths.destination], false);
  const copy = `${keywordLike(previous, tree, "COPY")} --from=${written.word} ${text}`;
  const shape = shapeOf(tree);
  const ref = edit.from.kind === "image" ? edit.from.ref : "";
  const key = edit.from.kind === "stage" ? idOf(edit.from.index) : ref === "scratch" ? ref : `image ${ref}`;
  const own = shape[stage.index] as StageShape;
  own.uses.push(sourceKey("copy", key));
  own.uses.sort();
  return {
    edits: [...written.edits, insertBehind(tree, previous, copy)],
    notes: [...written.notes, ...paths.notes],
    expected: { shape },
    select: { stage: stage.index, instruction: at },
  };
}

/** The instruction of a stage before which files are brought in: behind all but those that say how the image runs. */
export function placeForFiles(stage: Stage): number {
  let at = stage.instructions.length;
  while (at > 1 && CLOSING.has((stage.instructions[at - 1] as Instruction).keyword)) at--;
  return at;
}

/** A line of its own right behind an instruction, indented like it. */
export function insertBehind(tree: Dockerfile, previous: Instruction, line: string) {
  const at = previous.range.end;
  const text = lineEnding(tree, tree.lines.lineEnd(previous.endLine)) + indentation(tree, previous) + line;
  return { start: at, end: at, text };
}
