import { countWhile } from "../text";
import {
  type InstructionContent,
  type InstructionNode,
  joinRuns,
  moveRun,
  type Shift,
  sliceRun,
  unmovedRun,
} from "./node";
import { resolveStages } from "./resolve";
import { resolveAgain } from "./resolveAgain";
import { groupStages, isFrom, type StageNode } from "./stages";
import { Tree, type TreeParts } from "./tree";

/** A place between two instructions: before the one at `index` of a group. Group 0 is the head, n the stage n - 1. */
interface Gap {
  group: number;
  index: number;
}

const NOTHING = unmovedRun([]);

/** Instructions of a list, where they stand. */
type Group = Pick<StageNode, "length" | "endOf" | "endLineOf" | "run">;

/** The instructions of a tree in one row, without making those of stages nobody looks at. */
export class Reader {
  readonly end: Gap;
  readonly #head: Group;

  constructor(readonly tree: Tree) {
    const { globalArgs, stages } = tree;
    const node = (at: number) => globalArgs[at] as InstructionNode;
    this.end = { group: stages.length + 1, index: 0 };
    this.#head = {
      length: globalArgs.length,
      endOf: (at) => node(at).end,
      endLineOf: (at) => node(at).endLine,
      run: () => ({ read: globalArgs.map(({ content }) => content), moves: globalArgs.map(({ by }) => by) }),
    };
  }

  #group(group: number): Group {
    return group === 0 ? this.#head : (this.tree.stages[group - 1] as StageNode);
  }

  /** Where those at the front end that fulfil what only a front of them does. */
  countWhile(test: (list: Group, at: number) => boolean): Gap {
    const inGroup = (group: number) => {
      const list = this.#group(group);
      return countWhile(list.length, (at) => test(list, at));
    };
    const { stages } = this.tree;
    const index = inGroup(0);
    if (index < this.#head.length) return { group: 0, index };
    const whole = countWhile(stages.length, (at) => test(stages[at]!, stages[at]!.length - 1));
    return whole === stages.length ? this.end : { group: whole + 1, index: inGroup(whole + 1) };
  }

  /** The last line of the instruction before a gap, 0 where there is none. */
  endLineOf({ group, index }: Gap): number {
    if (index > 0) return this.#group(group).endLineOf(index - 1);
    if (group === 0) return 0;
    const before = this.#group(group - 1);
    return before.length === 0 ? 0 : before.endLineOf(before.length - 1); // the head may be empty
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
    const own = from.index === 0 ? NOTHING : sliceRun(this.#group(group).run(), 0, from.index);
    const rest = to.index === 0 ? NOTHING : moveRun(sliceRun(this.#group(to.group).run(), to.index), by);
    let run = joinRuns(own, unmovedRun(fresh), rest);
    const [head] = run.read;
    // What has no FROM before it any more belongs to the group before.
    if (head !== undefined && group > 0 && !isFrom(head)) run = joinRuns(this.#group(--group).run(), run);
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
    const first = kept.length + read.stages.length;
    const moved = behind.map((stage, at) => stage.moved(by, first + at));
    const stages = [...kept, ...read.stages, ...moved];
    const known = sameContents(tree.globalArgs, globalArgs)
      ? resolveAgain(tree.resolution, stages, kept.length, first)
      : null;
    return new Tree(parts, { globalArgs, stages }, known ?? resolveStages(stages, globalArgs, parts.escape));
  }
}

function sameContents(a: readonly InstructionNode[], b: readonly InstructionNode[]): boolean {
  return a === b || (a.length === b.length && a.every(({ content }, at) => content === b[at]?.content));
}
