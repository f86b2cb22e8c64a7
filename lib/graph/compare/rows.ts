/** The instructions of two versions of a stage as one list. */
import type { Instruction, Stage } from "../../dockerfile";
import { alignLists } from "../../text";
import type { StageId, StageNode } from "../types";
import type { ComparedRow } from "./types";
import { ALIKE, likeness, wordsOfRows } from "./words";

/** Pairs of instructions between two that stayed which are looked at for one that was changed; of more none is. */
const MOST_PAIRS = 2_500;

/** A row that is not settled yet: places among the instructions but for FROM. */
export interface Slot {
  before: number | null;
  after: number | null;
  moved: boolean;
  elsewhere: StageId | null;
}

/** Both versions of a stage; null where there is none. */
export interface Versions {
  id: StageId;
  before: Stage | null;
  after: Stage | null;
}

/** What stays in its place, what was moved within the stage, and what is left: gone ahead of new. */
export function slotsOf({ before, after }: Versions): Slot[] {
  const old = before ? wordsOfRows(before) : [];
  const now = after ? wordsOfRows(after) : [];
  const slots = alignLists(old, now).map(
    ([i, j]): Slot => ({ before: i, after: j, moved: false, elsewhere: null }),
  );
  const left = new Map<string, Slot[]>();
  for (const slot of slots) {
    if (slot.before === null || slot.after !== null) continue;
    const words = old[slot.before]!;
    left.set(words, [...(left.get(words) ?? []), slot]);
  }
  const taken = new Set<Slot>();
  for (const slot of slots) {
    if (slot.after === null || slot.before !== null) continue;
    const from = left.get(now[slot.after]!)?.shift();
    if (from === undefined) continue;
    slot.before = from.before;
    slot.moved = true;
    taken.add(from);
  }
  return slots.filter((slot) => !taken.has(slot));
}

/**
 * Marks what left one stage and came to another: only what is left once in all stages of one version, and once in those
 * of the other.
 */
export function markMovesBetween(stages: readonly (Versions & { slots: readonly Slot[] })[]): void {
  const gone = new Map<string, { id: StageId; slot: Slot }[]>();
  const come = new Map<string, { id: StageId; slot: Slot }[]>();
  for (const { id, before, after, slots } of stages) {
    const old = before ? wordsOfRows(before) : [];
    const now = after ? wordsOfRows(after) : [];
    for (const slot of slots) {
      if (slot.before !== null && slot.after !== null) continue;
      const [places, words] = slot.after === null ? [gone, old[slot.before!]!] : [come, now[slot.after]!];
      const known = places.get(words);
      if (known) known.push({ id, slot });
      else places.set(words, [{ id, slot }]);
    }
  }
  for (const [words, from] of gone) {
    const to = come.get(words);
    if (from.length !== 1 || to?.length !== 1) continue;
    Object.assign(from[0]!.slot, { moved: true, elsewhere: to[0]!.id });
    Object.assign(to[0]!.slot, { moved: true, elsewhere: from[0]!.id });
  }
}

/** The rows, those that were changed found among what is gone and what is new in the same gap. */
export function rowsOf(
  { before, after }: Versions,
  slots: readonly Slot[],
  nodes: { before: StageNode | null; after: StageNode | null },
): ComparedRow[] {
  const rows: ComparedRow[] = [];
  const row = (slot: Slot, mark: ComparedRow["mark"]) =>
    rows.push({
      mark,
      before: slot.before === null ? null : nodes.before!.rows[slot.before]!,
      after: slot.after === null ? null : nodes.after!.rows[slot.after]!,
      elsewhere: slot.elsewhere,
    });
  // Gaps end at what stayed, and not at what moved: that stands elsewhere where the versions change sides.
  let gap: Slot[] = [];
  const close = () => {
    const still = gap.filter(({ moved }) => !moved);
    const settled = pairChanged(still, before, after);
    for (const slot of gap) if (slot.moved) settled.splice(placeOf(slot, settled), 0, slot);
    for (const slot of settled) row(slot, slot.moved ? "moved" : markOf(slot));
    gap = [];
  };
  for (const slot of slots) {
    if (slot.moved || slot.before === null || slot.after === null) gap.push(slot);
    else {
      close();
      row(slot, "same");
    }
  }
  close();
  return rows;
}

function markOf({ before, after }: Slot): ComparedRow["mark"] {
  if (before === null) return "added";
  return after === null ? "removed" : "changed";
}

/** Ahead of the first that stands behind it in the later version, or for what left it in the earlier one. */
function placeOf(slot: Slot, settled: readonly Slot[]): number {
  const side = slot.after === null ? "before" : "after";
  const at = settled.findIndex((other) => other[side] !== null && other[side] > slot[side]!);
  return at < 0 ? settled.length : at;
}

function pairChanged(gap: readonly Slot[], before: Stage | null, after: Stage | null): Slot[] {
  const gone = gap.filter((slot) => slot.after === null);
  const come = gap.filter((slot) => slot.before === null);
  if (gone.length === 0 || come.length === 0 || gone.length * come.length > MOST_PAIRS) return [...gap];
  const old = gone.map((slot) => before!.instructions[slot.before! + 1]!);
  const now = come.map((slot) => after!.instructions[slot.after! + 1]!);
  const merged: Slot[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...mostAlike(old, now), [gone.length, come.length] as const]) {
    merged.push(...gone.slice(i, x), ...come.slice(j, y));
    if (x < gone.length) merged.push({ ...gone[x]!, after: come[y]!.after });
    [i, j] = [x + 1, y + 1];
  }
  return merged;
}

/** Pairs in the order of both lists that are the most alike in sum, each alike enough. */
function mostAlike(old: readonly Instruction[], now: readonly Instruction[]): (readonly [number, number])[] {
  // Of equally good ways the same one is taken whichever version is called the first.
  if (textsOf(old) > textsOf(now)) return mostAlike(now, old).map(([j, i]) => [i, j] as const);
  const width = now.length + 1;
  const alike = new Float64Array(old.length * width);
  const best = new Float64Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const like = likeness(old[i]!, now[j]!);
      alike[i * width + j] = like < ALIKE ? 0 : like;
      best[i * width + j] = Math.max(
        best[(i + 1) * width + j]!,
        best[i * width + j + 1]!,
        alike[i * width + j]! + best[(i + 1) * width + j + 1]!,
      );
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < old.length && j < now.length; ) {
    const here = best[i * width + j]!;
    const like = alike[i * width + j]!;
    if (like > 0 && here === like + best[(i + 1) * width + j + 1]!) pairs.push([i++, j++]);
    else if (here === best[(i + 1) * width + j]!) i++;
    else j++;
  }
  return pairs;
}

const textsOf = (list: readonly Instruction[]) =>
  list.map(({ keyword, text }) => `${keyword} ${text}`).join("\n");
