/** Which stage of one version is which of the other: by name, by what is in it, by where it stands. */
import type { Stage } from "../../dockerfile";
import { wordsOfRows } from "./words";

/** Pairs of stages that are compared by what they have in common; more of them are told apart by place alone. */
const MOST_PAIRS = 40_000;
/** How much two stages with different names must have in common to be one that was renamed. */
const RENAMED = 0.5;

/**
 * By index of `before`, the index in `after`; null where it is gone. A name says more than the contents, as it does to
 * whoever reads the file; a stage without a partner of its name is the one with the most instructions in common, or the
 * one in the same gap between others. `matchStages(after, before)` finds the same pairs.
 */
export function matchStages(before: readonly Stage[], after: readonly Stage[]): (number | null)[] {
  return new StageMatch(before, after).result();
}

class StageMatch {
  readonly #there: (number | null)[];
  readonly #back: (number | null)[];
  readonly #words: [string[][], string[][]];

  constructor(
    readonly before: readonly Stage[],
    readonly after: readonly Stage[],
  ) {
    this.#there = before.map(() => null);
    this.#back = after.map(() => null);
    this.#words = [before.map(wordsOfRows), after.map(wordsOfRows)];
  }

  result(): (number | null)[] {
    this.#byKey(({ name }) => name);
    this.#byKey(({ baseText }, words) => [baseText, ...words].join("\n"));
    this.#byLikeness();
    this.#byPlace();
    return this.#there;
  }

  #pair(i: number, j: number): void {
    this.#there[i] = j;
    this.#back[j] = i;
  }

  /** The first of a key with the first of it, the second with the second. A key of null is like no other. */
  #byKey(key: (stage: Stage, words: readonly string[]) => string | null): void {
    const places = new Map<string, number[]>();
    for (let j = this.after.length - 1; j >= 0; j--) {
      const of = this.#back[j] === null ? key(this.after[j]!, this.#words[1][j]!) : null;
      if (of === null) continue;
      const same = places.get(of);
      if (same) same.push(j);
      else places.set(of, [j]);
    }
    for (const [i, stage] of this.before.entries()) {
      const of = this.#there[i] === null ? key(stage, this.#words[0][i]!) : null;
      const j = of === null ? undefined : places.get(of)?.pop();
      if (j !== undefined) this.#pair(i, j);
    }
  }

  #byLikeness(): void {
    const [left, right] = [unmatched(this.#there), unmatched(this.#back)];
    if (left.length * right.length > MOST_PAIRS) return;
    const likely: { i: number; j: number; like: number }[] = [];
    for (const i of left) {
      const counts = countsOf(this.#words[0][i]!);
      for (const j of right) {
        const like = this.#likeness(i, j, counts);
        if (like >= RENAMED) likely.push({ i, j, like });
      }
    }
    // Two that want the same stage never are equal in all three, so that the outcome does not hang on their order.
    likely.sort(
      (a, b) => b.like - a.like || Math.abs(a.i - a.j) - Math.abs(b.i - b.j) || a.i + a.j - b.i - b.j,
    );
    for (const { i, j } of likely) if (this.#there[i] === null && this.#back[j] === null) this.#pair(i, j);
  }

  /** Dice's measure: twice what both have, by what each has; the base counts as an instruction. */
  #likeness(i: number, j: number, counts: ReadonlyMap<string, number>): number {
    const [one, other] = [this.#words[0][i]!, this.#words[1][j]!];
    const sameBase = baseLikeness(this.before[i]!.baseText, this.after[j]!.baseText);
    const shared = sharedCount(counts, other);
    return (2 * (shared + sameBase)) / (one.length + other.length + 2);
  }

  /** One alone on either side between the same two, if they have anything in common; and the nameless last ones. */
  #byPlace(): void {
    for (const [i, j] of this.#there.entries()) {
      if (j !== null) continue;
      const at = i === 0 ? 0 : this.#there[i - 1] === null ? -1 : this.#there[i - 1]! + 1;
      if (at < 0 || at >= this.after.length || this.#back[at] !== null) continue;
      const last = i === this.before.length - 1;
      const closed = last ? at === this.after.length - 1 : this.#back[at + 1] === i + 1;
      if (closed && this.#related(i, at)) this.#pair(i, at);
    }
    const [i, j] = [this.before.length - 1, this.after.length - 1];
    const open = i >= 0 && j >= 0 && this.#there[i] === null && this.#back[j] === null;
    if (open && this.before[i]!.name === null && this.after[j]!.name === null) this.#pair(i, j);
  }

  #related(i: number, j: number): boolean {
    const [one, other] = [this.before[i]!, this.after[j]!];
    if (one.name === null && other.name === null) return true;
    return this.#likeness(i, j, countsOf(this.#words[0][i]!)) > 0;
  }
}

/** Another tag of the same image is half the same. */
function baseLikeness(one: string, other: string): number {
  const untagged = (base: string) => base.replace(/[:@][^/]*$/, "");
  return one === other ? 1 : untagged(one) === untagged(other) ? 0.5 : 0;
}

const unmatched = (partners: readonly (number | null)[]) =>
  [...partners.keys()].filter((at) => partners[at] === null);

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of words) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

function sharedCount(counts: ReadonlyMap<string, number>, words: readonly string[]): number {
  let shared = 0;
  for (const [each, count] of countsOf(words)) shared += Math.min(count, counts.get(each) ?? 0);
  return shared;
}
