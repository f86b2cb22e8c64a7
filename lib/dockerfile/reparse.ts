import { applyEdits, countWhile, type TextEdit } from "../text";
import { resolveAlike } from "./kept";
import {
  type InstructionContent,
  type InstructionNode,
  joinRuns,
  moveRange,
  moveRun,
  type Run,
  type Shift,
  sliceRun,
} from "./node";
import { parseDockerfile } from "./parse";
import { type Problem, resumeText } from "./parser";
import { resolveStages } from "./resolve";
import { groupStages, isFrom, type StageNode } from "./stages";
import { Tree, type TreeParts } from "./tree";
import type { Dockerfile } from "./types";

/**
 * The tree of the text after edits, equal to what parsing that text gives. Reads from the last instruction before the
 * edits to the first place behind them where an instruction ended before as well. Stages before are the same objects,
 * those behind only move; what references mean is found out anew only where an edit changed a global ARG, or what a
 * stage is called, built on, or takes files from.
 *
 * A text that has a heredoc without an end or a line that is too long is read as a whole: that can be mended or made
 * worse from anywhere.
 *
 * @param edits sorted and disjoint, into the tree's source
 */
export function reparse(tree: Dockerfile, edits: readonly TextEdit[]): Dockerfile {
  if (edits.length === 0) return tree;
  const source = applyEdits(tree.source, edits);
  const local = (tree as Tree).problems.every((problem) => problem.local);
  return (local ? splice(tree as Tree, edits, source) : null) ?? parseDockerfile(source);
}

function splice(tree: Tree, edits: readonly TextEdit[], source: string): Tree | null {
  const before = new Reader(tree);
  const first = edits[0] as TextEdit;
  const last = edits[edits.length - 1] as TextEdit;
  const offset = source.length - tree.source.length;
  const firstLine = tree.lines.lineAt(first.start);
  const kept = before.countWhile((list, at) => list.endLineOf(at) < firstLine);
  const line = before.endLineOf(kept);
  const start = line === 0 ? 0 : tree.lines.lineStart(line + 1);

  /** instructions up to this one are read anew; all of them unless the place is found where the old tree goes on */
  let next = before.end;
  const until = (place: number) => {
    const old = place - offset;
    if (old < last.end) return false;
    const read = before.countWhile((list, at) => list.endOf(at) <= old);
    const endLine = before.endLineOf(read);
    if (endLine === 0 || endLine >= tree.lines.lineCount) return false;
    if (tree.lines.lineStart(endLine + 1) !== old) return false;
    next = read;
    return true;
  };
  const fresh = resumeText(source, { offset: start, line, escape: tree.escape }, until);
  if (fresh === null || fresh.escape !== tree.escape) return null;
  const lines = tree.lines.edited(edits);
  const by = { offset, lines: lines.lineCount - tree.lines.lineCount };
  const lastLine = before.endLineOf(next);
  const resumed = next.group < before.end.group;
  const behind = (line: number) => resumed && line > lastLine;
  const parts: TreeParts = {
    source,
    lines,
    escape: tree.escape,
    directives: line === 0 ? fresh.directives : tree.directives,
    problems: [
      ...tree.problems.filter(({ lines: { start } }) => start <= line),
      ...fresh.problems,
      ...tree.problems.filter(({ lines: { start } }) => behind(start)).map((each) => moveProblem(each, by)),
    ],
    emptyContinuations: [
      ...tree.emptyContinuations.filter((each) => each <= line),
      ...fresh.emptyContinuations,
      ...tree.emptyContinuations.filter(behind).map((each) => each + by.lines),
    ],
  };
  return before.spliced(kept, fresh.instructions, next, by, parts);
}

/** A place between two instructions: before the one at `index` of a group. Group 0 is the head, n the stage n - 1. */
interface Gap {
  group: number;
  index: number;
}

/** Where instructions of a list end. */
interface Ends {
  endOf(at: number): number;
  endLineOf(at: number): number;
}

/** The instructions of a tree in one row, without making those of stages nobody looks at. */
class Reader {
  readonly end: Gap;
  readonly #head: Ends;

  constructor(readonly tree: Tree) {
    const node = (at: number) => tree.globalArgs[at] as InstructionNode;
    this.end = { group: tree.stages.length + 1, index: 0 };
    this.#head = { endOf: (at) => node(at).end, endLineOf: (at) => node(at).endLine };
  }

  #group(group: number): Ends {
    return group === 0 ? this.#head : (this.tree.stages[group - 1] as StageNode);
  }

  #length(group: number): number {
    const { globalArgs, stages } = this.tree;
    return group === 0 ? globalArgs.length : (stages[group - 1] as StageNode).length;
  }

  /** Where those at the front end that fulfil what only a front of them does. */
  countWhile(test: (list: Ends, at: number) => boolean): Gap {
    const inGroup = (group: number) => {
      const ends = this.#group(group);
      return countWhile(this.#length(group), (at) => test(ends, at));
    };
    const { stages } = this.tree;
    const index = inGroup(0);
    if (index < this.#length(0)) return { group: 0, index };
    const whole = countWhile(stages.length, (at) => test(this.#group(at + 1), this.#length(at + 1) - 1));
    return whole === stages.length ? this.end : { group: whole + 1, index: inGroup(whole + 1) };
  }

  /** The last line of the instruction before a gap, 0 where there is none. */
  endLineOf({ group, index }: Gap): number {
    if (index > 0) return this.#group(group).endLineOf(index - 1);
    for (let at = group - 1; at >= 0; at--) {
      const length = this.#length(at);
      if (length > 0) return this.#group(at).endLineOf(length - 1);
    }
    return 0;
  }

  /** Of a group, where it stands. */
  #run(group: number): Run {
    const { globalArgs, stages } = this.tree;
    if (group === 0) {
      return { read: globalArgs.map(({ content }) => content), moves: globalArgs.map(({ by }) => by) };
    }
    const stage = stages[group - 1];
    return stage === undefined ? { read: [], moves: null } : moveRun(stage.content.run, stage.by);
  }

  /** The stage that an edit stays within, the group that it is; null where stages come, go, or lose a part. */
  #inStage({ group: at, index }: Gap, fresh: readonly InstructionContent[], to: Gap, by: Shift) {
    const begins = fresh.findLastIndex(isFrom);
    const behind = index === 0 && begins === -1;
    const group = behind ? at - 1 : at;
    const stage = this.tree.stages[group - 1];
    if (stage === undefined || begins > 0 || (begins === 0 && index > 0)) return null;
    const end = to.group === group ? to.index : to.group === group + 1 && to.index === 0 ? stage.length : 0;
    const start = behind ? stage.length : index;
    if (end === 0 || end < start) return null;
    return { group, read: { globalArgs: [], stages: [stage.spliced(start, fresh, end, by)] } };
  }

  /** The groups that an edit touches, grouped anew; and the first of them. */
  #grouped(from: Gap, fresh: readonly InstructionContent[], to: Gap, by: Shift) {
    let { group } = from;
    const own = from.index === 0 ? [] : [sliceRun(this.#run(group), 0, from.index)];
    const rest = to.index === 0 ? [] : [moveRun(sliceRun(this.#run(to.group), to.index), by)];
    let run = joinRuns([...own, { read: fresh, moves: null }, ...rest]);
    const [head] = run.read;
    // What has no FROM before it any more belongs to the group before.
    if (head !== undefined && group > 0 && !isFrom(head)) run = joinRuns([this.#run(--group), run]);
    return { group, read: groupStages(run, Math.max(0, group - 1)) };
  }

  /** The tree with other instructions between two gaps; those behind move. Null where none is left. */
  spliced(
    from: Gap,
    fresh: readonly InstructionContent[],
    to: Gap,
    by: Shift,
    parts: TreeParts,
  ): Tree | null {
    const { tree } = this;
    const { group, read } = this.#inStage(from, fresh, to, by) ?? this.#grouped(from, fresh, to, by);
    const behind = tree.stages.slice(to.index === 0 ? Math.max(0, to.group - 1) : to.group);
    const kept = tree.stages.slice(0, Math.max(0, group - 1));
    const globalArgs = group === 0 ? read.globalArgs : tree.globalArgs;
    if (globalArgs.length + kept.length + read.stages.length + behind.length === 0) return null;
    const old = tree.stages.slice(kept.length, tree.stages.length - behind.length);
    const known =
      tree.resolution.diagnostics.length === 0 &&
      !tree.resolution.readsInstructions &&
      sameContents(tree.globalArgs, globalArgs) &&
      old.length === read.stages.length &&
      old.every((stage, at) => resolveAlike(stage, read.stages[at] as StageNode));
    const first = kept.length + read.stages.length;
    const moved = behind.map((stage, at) => stage.moved(by, first + at));
    const settled = known
      ? read.stages.map((stage, at) => stage.settled((old[at] as StageNode).targets ?? []))
      : read.stages;
    const stages = [...kept, ...settled, ...moved];
    return new Tree(
      parts,
      { globalArgs, stages },
      known ? { ...tree.resolution, stages } : resolveStages(stages, globalArgs, parts.escape),
    );
  }
}

function moveProblem({ message, range, lines, local }: Problem, by: Shift): Problem {
  const moved = { start: lines.start + by.lines, end: lines.end + by.lines };
  return { message, range: moveRange(range, by), lines: moved, local };
}

function sameContents(a: readonly InstructionNode[], b: readonly InstructionNode[]): boolean {
  return a === b || (a.length === b.length && a.every(({ content }, at) => content === b[at]?.content));
}
