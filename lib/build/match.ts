/**
 * A build belongs to the text it was made from. This finds today's stages and instructions in that text, so that
 * figures stay on what they belong to while the Dockerfile is edited on.
 */
import type { Instruction, Stage } from "../dockerfile";

/** By stage index of the built text: today's stage, and for each of its instructions today's instruction. */
export type BuildMatch = ({ stage: number; instructions: (number | null)[] } | null)[];

/** Stages match by name, then by base and position; instructions by their words, in order. */
export function matchStages(built: readonly Stage[], now: readonly Stage[]): BuildMatch {
  const taken = new Set<Stage>();
  const take = (found: Stage | undefined) => {
    if (found === undefined || taken.has(found)) return undefined;
    taken.add(found);
    return found;
  };
  /** Finds the first with a key that is not taken. */
  const firstWith = (key: (stage: Stage) => string | null) => {
    const stages = groupBackwards(now, key);
    return (wanted: string | null) => {
      const left = wanted === null ? [] : (stages.get(wanted) ?? []);
      let found: Stage | undefined;
      while (found === undefined && left.length > 0) found = take(left.pop());
      return found;
    };
  };
  const called = firstWith(({ name }) => name);
  const namelessOn = firstWith(({ name, baseText }) => (name === null ? baseText : null));
  const named = built.map(({ name }) => called(name));
  return built.map((old, i) => {
    const found = named[i] ?? take(now[old.index]) ?? namelessOn(old.baseText);
    return found
      ? { stage: found.index, instructions: matchInstructions(old.instructions, found.instructions) }
      : null;
  });
}

function matchInstructions(built: readonly Instruction[], now: readonly Instruction[]): (number | null)[] {
  let from = 1;
  /** by their words; made where the two lists differ for the first time */
  let places: Map<string | null, Instruction[]> | null = null;
  return built.map((old, i) => {
    if (i === 0) return 0;
    const next = now[from];
    if (next?.keyword === old.keyword && next.text === old.text) return from++;
    places ??= groupBackwards(now, wordsOf);
    const left = places.get(wordsOf(old)) ?? [];
    while (left.length > 0 && left.at(-1)!.indexInStage < from) left.pop();
    const found = left.at(-1)?.indexInStage ?? null;
    if (found !== null) from = found + 1;
    return found;
  });
}

function wordsOf({ keyword, text }: Instruction): string {
  return `${keyword} ${text}`;
}

/** By key; the first of a key stands last, where it is quickly taken off. */
function groupBackwards<T, K>(list: readonly T[], key: (each: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (let at = list.length - 1; at >= 0; at--) {
    const each = list[at]!;
    const group = groups.get(key(each));
    if (group) group.push(each);
    else groups.set(key(each), [each]);
  }
  return groups;
}

/** True where every index is itself: nothing needs to be moved. */
export function isIdentity(match: BuildMatch, stages: readonly Stage[]): boolean {
  return (
    match.length === stages.length &&
    match.every(
      (entry, i) =>
        entry?.stage === i &&
        entry.instructions.length === stages[i]!.instructions.length &&
        entry.instructions.every((to, n) => to === n),
    )
  );
}
