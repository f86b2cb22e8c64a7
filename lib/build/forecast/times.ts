/** How long steps took in earlier builds of the document, and how long a chain of them takes. */
import type { Stage } from "../../dockerfile";
import { parseDockerfile } from "../../dockerfile/parse";
import type { PastBuild } from "../figures";

/** Runs of a step that its estimate is the median of. */
const RUNS = 5;

export class StepTimes {
  /** Milliseconds, newest first. */
  private readonly inStage = new Map<string, number[]>();
  private readonly anywhere = new Map<string, number[]>();
  private readonly inPlace = new Map<string, number>();

  /** Newest first. */
  constructor(past: readonly PastBuild[]) {
    for (const { text, figures } of past) {
      const { stages } = parseDockerfile(text);
      for (const [index, { steps }] of figures.stages.entries())
        for (const { instruction, milliseconds } of steps) {
          const node = stages[index]?.instructions[instruction];
          if (!node || milliseconds === null) continue;
          const words = `${node.keyword} ${node.text}`;
          keep(this.inStage, inStage(stages[index]!, words), milliseconds);
          keep(this.anywhere, words, milliseconds);
          const place = inPlace(stages[index]!, instruction, node.keyword);
          if (!this.inPlace.has(place)) this.inPlace.set(place, milliseconds);
        }
    }
  }

  /**
   * Milliseconds that an instruction ("RUN go build") took where it ran, the middle one of its last runs; those in a
   * stage of the same name or place count before all others. Of one that is new, what was last in its place took, with
   * the same keyword. Null where nothing tells.
   */
  of(stage: Pick<Stage, "name" | "index">, instruction: number, words: string): number | null {
    const runs = this.inStage.get(inStage(stage, words)) ?? this.anywhere.get(words);
    if (runs) return median(runs);
    return this.inPlace.get(inPlace(stage, instruction, words.split(" ", 1)[0]!)) ?? null;
  }
}

const inStage = ({ name, index }: Pick<Stage, "name" | "index">, words: string) =>
  `${name ?? index} ${words}`;

const inPlace = ({ name, index }: Pick<Stage, "name" | "index">, instruction: number, keyword: string) =>
  `${name ?? index} ${instruction} ${keyword}`;

function keep(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (list.length < RUNS) list.push(value);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What a chain of steps comes to, in milliseconds, and how many of them nothing is known of. */
export interface Estimate {
  milliseconds: number;
  unknown: number;
}

/**
 * How long it takes until all of them have ended, steps that do not wait for each other side by side. `left` is what
 * each has still to go: 0 for what is done, null where that is not known.
 */
export function timeOf(steps: readonly { left: number | null; after: readonly number[] }[]): Estimate {
  const ends: number[] = [];
  for (const { left, after } of steps)
    ends.push((left ?? 0) + after.reduce((latest, at) => Math.max(latest, ends[at] ?? 0), 0));
  return {
    milliseconds: ends.reduce((latest, end) => Math.max(latest, end), 0),
    unknown: steps.filter(({ left }) => left === null).length,
  };
}
