/**
 * Which stage is which while text changes: a stage keeps its id as long as its FROM stays in the text, is moved whole
 * under its name, or is retyped in its old place.
 */
import { OffsetMap, type TextEdit } from "../text";
import type { StageId } from "./types";

export interface TrackedStage {
  id: StageId;
  /** Offset of FROM in the text. */
  start: number;
  name: string | null;
  index: number;
}

type FoundStage = Omit<TrackedStage, "id">;

/**
 * Ids for the stages found in the new text, in their order.
 *
 * @param previous the stages of the text before `edits`
 * @param remembered asked only where stages are left that nothing else explains: stages that are not in the text now
 *   but have a place in the document (removed and undone, or saved by an earlier visit); their `start` is an offset in
 *   the NEW text, or -1
 * @param newId makes an id that was never used
 */
export function trackStages(
  previous: readonly TrackedStage[],
  edits: readonly TextEdit[],
  remembered: () => readonly TrackedStage[],
  found: readonly FoundStage[],
  newId: () => StageId,
): TrackedStage[] {
  const ids: (StageId | undefined)[] = found.map(() => undefined);
  const used = new Set<StageId>();
  let open = found.length;
  const take = (at: number, id: StageId) => {
    ids[at] = id;
    used.add(id);
    open--;
  };

  /** Gives each of the candidates the first stage found that has the same key. A key of null is like no other. */
  const claim = (candidates: readonly TrackedStage[], key: (stage: FoundStage) => string | number | null) => {
    if (open === 0) return;
    const places = new Map<string | number | null, number[]>();
    for (let at = found.length - 1; at >= 0; at--) {
      if (ids[at] !== undefined) continue;
      const same = places.get(key(found[at]!));
      if (same) same.push(at);
      else places.set(key(found[at]!), [at]);
    }
    places.delete(null);
    for (const old of candidates) {
      if (used.has(old.id)) continue;
      const at = places.get(key(old))?.pop();
      if (at !== undefined) take(at, old.id);
    }
  };
  const byName = ({ name }: FoundStage) => name;
  const byStart = ({ start }: FoundStage) => start;
  const byIndex = ({ index }: FoundStage) => index;
  const byBoth = ({ start, name }: FoundStage) => `${start} ${name}`;

  const moved = moveStages(previous, edits);
  // Most often every stage is where it was among the others, but for the one that is typed in.
  let next = 0;
  for (const { start, name, id } of moved) {
    while (next < found.length && found[next]!.start < start) next++;
    const same = found[next]?.start === start && found[next]!.name === name;
    if (same && !used.has(id)) take(next++, id);
  }
  // An edit may keep the word FROM of one stage for another (the words are the same): a name says more than a place.
  for (const stages of [() => moved, remembered]) {
    if (open === 0) break;
    const candidates = stages();
    claim(candidates, byBoth);
    claim(candidates, byName);
    claim(candidates, byStart);
  }
  // A FROM that was retyped in place: the same position, and as many stages as before.
  if (previous.length === found.length) claim(moved, byIndex);
  if (previous.length === 0 && open > 0) claim(remembered(), byIndex);

  return found.map(({ start, name, index }, at) => ({ id: ids[at] ?? newId(), start, name, index }));
}

/** The same stages, where the edits have put them. */
export function moveStages(stages: readonly TrackedStage[], edits: readonly TextEdit[]): TrackedStage[] {
  const map = new OffsetMap(edits);
  return stages.map((stage) => {
    const { id, start, name, index } = stage;
    const now = start < 0 || map.removes(start) ? -1 : map.at(start, 1);
    return now === start ? stage : { id, start: now, name, index };
  });
}
