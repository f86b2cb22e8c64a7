import type { TextEdit } from "../../text";
import type { Dockerfile, Instruction, Stage, StageReference } from "../types";
import { type Draft, type Refusal, refuse } from "./draft";
import { MISSING } from "./instructions";
import {
  blockOf,
  indentation,
  keywordLike,
  lineEnding,
  removeLines,
  stageGap,
  startWithComments,
} from "./layout";
import { called, checkName } from "./names";
import { checkPaths, needsJson, writePaths } from "./paths";
import { productsOf } from "./products";
import { renumber } from "./renumber";
import { idOf, keyOf, type StageShape, shapeOf, sourceKey } from "./shape";

/**
 * Makes a stage of its own of some instructions of another, before it. Where instructions stand before them, these
 * become a stage too, on which both are built. What the rest needs is copied over from paths that the instructions are
 * seen to write; what else they do to the file system stays behind, and the notes say so.
 */
export function extractStage(
  tree: Dockerfile,
  edit: { stage: number; from: number; to: number; name: string; paths?: string[] | undefined },
): Draft | Refusal {
  const stage = tree.stages[edit.stage];
  if (stage === undefined) return refuse("There is no such stage.");
  const [from] = stage.instructions as [Instruction];
  const taken = stage.instructions.slice(edit.from, edit.to);
  const kept = stage.instructions.slice(1, edit.from);
  if (edit.from < 1 || edit.to > stage.instructions.length || taken.length === 0) return refuse(MISSING);
  if (taken.length === stage.instructions.length - 1) return refuse("Nothing would be left of the stage.");
  const checked = checkName(tree, edit.name, null, stage.index);
  if ("reason" in checked) return checked;
  const { name } = checked;
  const odd = edit.paths?.find((path) => !path.startsWith("/") || path === "/" || checkPath(path) !== null);
  if (odd !== undefined) {
    return refuse(
      checkPath(odd) ?? `"${odd}" does not say where it is: copied over are absolute paths below the root.`,
    );
  }
  const shared = kept.length === 0 ? null : freeSharedName(tree, name);
  const added = shared === null ? 1 : 2;

  const notes: string[] = [];
  const ending = lineEnding(tree, from.range.end);
  const gap = stageGap(tree, stage.index);
  const as = keywordLike(from, tree, "AS");
  const flags = from.flags.map(({ range }) => `${tree.source.slice(range.start, range.end)} `).join("");
  const keyword = tree.source.slice(from.keywordRange.start, from.keywordRange.end);
  const begin = (base: string, own: string) => `${indentation(tree, from)}${keyword} ${base} ${as} ${own}`;
  const textOf = (first: Instruction, before: Instruction, last: Instruction) =>
    ending + tree.source.slice(startWithComments(tree, first, before.range.end), last.range.end);

  const firstTaken = taken[0] as Instruction;
  const lastTaken = taken[taken.length - 1] as Instruction;
  const before = stage.instructions[edit.from - 1] as Instruction;
  const takenText = textOf(firstTaken, before, lastTaken);
  const ownBase = flags + stage.baseText;
  let stages = begin(shared ?? ownBase, name) + takenText;
  if (shared !== null) {
    stages = begin(ownBase, shared) + textOf(kept[0] as Instruction, from, before) + gap + stages;
    notes.push(
      `What stands before it is now stage "${shared}", on which ${called(stage)} and "${name}" are built.`,
    );
  }
  const products = edit.paths ?? productsOf(tree, stage, edit.from, edit.to);
  const copies = products.map((path) => {
    const text = writePaths([path, path], needsJson([path]));
    return `${ending}${indentation(tree, firstTaken)}${keywordLike(firstTaken, tree, "COPY")} --from=${name} ${text}`;
  });
  notes.push(...losses(taken, name, products));

  const block = blockOf(tree, stage);
  const removed = {
    start: startWithComments(tree, kept[0] ?? firstTaken, from.range.end),
    end: lastTaken.range.end,
  };
  const edits: TextEdit[] = [
    { start: block.start, end: block.start, text: stages + gap },
    removeLines(tree, removed),
    ...renumber(tree, (index) => (index >= stage.index ? index + added : index), notes),
  ];
  if (copies.length > 0) edits.push({ start: from.range.end, end: from.range.end, text: copies.join("") });
  const shape = shapeOf(tree);
  const own = shape[stage.index] as StageShape;
  const ids = tree.stages.map(({ index }) => idOf(index));
  const fresh: StageShape = { id: "extracted", name, base: own.base, uses: usesOf(stage, taken, ids) };
  const extra = [fresh];
  if (shared !== null) {
    const [first] = from.flags;
    const start = first === undefined ? stage.baseRange.start : first.range.start;
    edits.push({ start, end: stage.baseRange.end, text: shared });
    extra.unshift({ id: "shared", name: shared, base: own.base, uses: usesOf(stage, kept, ids) });
    fresh.base = "shared";
    own.base = "shared";
  }
  own.uses = [
    ...usesOf(stage, stage.instructions.slice(edit.to), ids),
    ...products.map(() => sourceKey("copy", "extracted")),
  ].sort();
  shape.splice(stage.index, 0, ...extra);
  return { edits, notes, expected: { shape }, select: { stage: stage.index + added - 1 } };
}

/** Why a path cannot be copied to the same path, or null. */
function checkPath(path: string): string | null {
  const checked = checkPaths([path], path);
  return "reason" in checked ? checked.reason : null;
}

function freeSharedName(tree: Dockerfile, name: string): string {
  for (let suffix = 0; ; suffix++) {
    const shared = `${name}-base${suffix === 0 ? "" : `-${suffix}`}`;
    if ("name" in checkName(tree, shared, null, 0)) return shared;
  }
}

function usesOf(stage: Stage, instructions: readonly Instruction[], ids: readonly string[]): string[] {
  const among = (each: StageReference) => instructions.includes(each.instruction);
  return [...stage.copies, ...stage.mounts]
    .filter(among)
    .map(({ kind, target }) => sourceKey(kind, keyOf(target, ids)))
    .sort();
}

const SETTINGS = new Set([
  ...["ARG", "CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "ONBUILD", "SHELL", "STOPSIGNAL"],
  ...["USER", "VOLUME", "WORKDIR"],
]);

function losses(taken: readonly Instruction[], name: string, products: readonly string[]): string[] {
  const notes = taken
    .filter(({ keyword }) => SETTINGS.has(keyword))
    .map(({ keyword, startLine }) => `${keyword} on line ${startLine} now holds for "${name}" only.`);
  notes.push(
    products.length === 0
      ? `No path is seen that "${name}" makes; copy from it what the rest needs.`
      : `Of what "${name}" makes, ${products.join(", ")} is copied over; anything else stays there.`,
  );
  return notes;
}
