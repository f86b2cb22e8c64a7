import { countWhile } from "../text";
import { resolveAlike } from "./kept";
import {
  type InstructionContent,
  type InstructionNode,
  joinRuns,
  moveRun,
  type Run,
  type Shift,
  sliceRun,
} from "./node";
import { resolveStages } from "./resolve";
import { groupStages, isFrom, type StageNode } from "./stages";
import { Tree, type TreeParts } from "./tree";

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
export class Reader {
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

function sameContents(a: readonly InstructionNode[], b: readonly InstructionNode[]): boolean {
  return a === b || (a.length === b.length && a.every(({ content }, at) => content === b[at]?.content));
}
