/** What a later tree has of an earlier one. */
import type { InstructionContent, Run, Shift } from "./node";
import type { StageNode, Use } from "./stages";
import type { ReferenceTarget, Stage } from "./types";

/**
 * Whether two stages say the same of others, so that all their references mean what they meant as long as nobody is called
 * otherwise.
 */
export function saysAlike(a: StageNode, b: StageNode): boolean {
  const [one, two] = [a.content, b.content];
  return (
    one.baseText === two.baseText &&
    one.platform === two.platform &&
    one.uses.length === two.uses.length &&
    one.uses.every(({ content }, index) => {
      const other = (two.uses[index] as Use).content;
      return content?.kind === other?.kind && content?.raw === other?.raw;
    })
  );
}

/**
 * How many lines further down a stage stands than in an earlier tree, where {@link reparse} only moved it and it means
 * the same; null where anything else about it may have changed.
 */
export function linesMoved(before: Stage, now: Stage): number | null {
  if (before === now) return 0;
  const [old, next] = [before as StageNode, now as StageNode];
  const same =
    old.content === next.content &&
    old.index === next.index &&
    sameTargets(old.targets ?? [], next.targets ?? []);
  return same ? next.by.lines - old.by.lines : null;
}

export function sameTargets(a: readonly ReferenceTarget[], b: readonly ReferenceTarget[]): boolean {
  return (
    a === b || (a.length === b.length && a.every((each, at) => sameTarget(each, b[at] as ReferenceTarget)))
  );
}

function sameTarget(a: ReferenceTarget, b: ReferenceTarget): boolean {
  if (a.kind === "stage") return b.kind === "stage" && a.index === b.index;
  if (a.kind === "image") return b.kind === "image" && a.ref === b.ref;
  if (a.kind === "invalid") return b.kind === "invalid" && a.reason === b.reason;
  return a.kind === b.kind;
}

/** Of the instructions of a stage, those that an earlier tree's stage had at its front and at its end. */
export interface KeptInstructions {
  /** as many at the front stand where they stood, on the same lines of their stage */
  front: number;
  /** as many at the end were read before */
  back: number;
  /** how many lines further down in their stage those at the end stand */
  lines: number;
}

export function keptInstructions(before: Stage | undefined, now: Stage): KeptInstructions {
  if (before === undefined) return { front: 0, back: 0, lines: 0 };
  const [old, run] = [(before as StageNode).content.run, (now as StageNode).content.run];
  const more = run.read.length - old.read.length;
  const most = Math.min(old.read.length, run.read.length);
  const same = (at: number, was: number, lines: number) =>
    run.read[at] === old.read[was] && linesOf(run, at) - linesOf(old, was) === lines;
  const first = firstLine(run) - firstLine(old);
  let front = 0;
  while (front < most && same(front, front, first)) front++;
  const last = run.read.length - 1;
  const moved = linesOf(run, last) - linesOf(old, last - more);
  let back = 0;
  while (back < most - front && same(last - back, last - back - more, moved)) back++;
  return { front, back, lines: moved - first };
}

/** How far an instruction has moved since it was read. */
function linesOf({ moves }: Run, at: number): number {
  return (moves[at] as Shift).lines;
}

function firstLine(run: Run): number {
  return (run.read[0] as InstructionContent).startLine + linesOf(run, 0);
}
