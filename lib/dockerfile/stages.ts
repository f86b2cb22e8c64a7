import type { TextRange } from "../text";
import { fold } from "./characters";
import { checkInstruction, stageNameOf } from "./instructions/check";
import { sameTargets } from "./kept";
import {
  addShifts,
  type InstructionContent,
  InstructionNode,
  joinRuns,
  moveRun,
  type ReferenceContent,
  type Run,
  type Shift,
  sliceRun,
  UNMOVED,
  unmovedRun,
} from "./node";
import { placeReference, referencesOf } from "./references";
import type { ReferenceTarget, Stage, StageReference } from "./types";

/** What a COPY or a mount of a stage names; `content` is null for a mount that names nothing. */
export interface Use {
  /** index of its instruction in the stage */
  at: number;
  content: ReferenceContent | null;
}

/** What was read of a stage, shared by all trees it is in. */
interface StageContent {
  /** FROM first */
  run: Run;
  name: string | null;
  baseText: string;
  platform: string | null;
  comment: string | null;
  uses: readonly Use[];
  /** instructions that BuildKit would not take, by index */
  faulty: readonly number[];
}

const PLATFORM_FLAG = "--platform=";
const NO_USES: readonly Use[] = [];
const NONE: readonly number[] = [];

/**
 * A stage at its place in a tree. As with instructions, moving it costs a small object; its instructions are made when
 * somebody asks for them.
 */
export class StageNode implements Stage {
  #instructions: InstructionNode[] | null = null;
  /** those that were asked for, by index */
  readonly #made: Record<number, InstructionNode> = {};
  #references: { all: StageReference[]; copies: StageReference[]; mounts: StageReference[] } | null = null;

  constructor(
    readonly content: StageContent,
    readonly index: number,
    readonly by: Shift,
    /** what its base and its uses turned out to mean, in their order; null before that was found out */
    public targets: readonly ReferenceTarget[] | null,
  ) {}

  /** The stage further on, at another index. It means what it meant until it is {@link settled} anew. */
  moved(by: Shift, index: number): StageNode {
    const stays = by.offset === 0 && by.lines === 0 && index === this.index;
    return stays ? this : new StageNode(this.content, index, addShifts(this.by, by), this.targets);
  }

  /** The stage with what it means: itself where that is known of it, or was before. */
  settled(targets: readonly ReferenceTarget[]): StageNode {
    if (this.targets === null) this.targets = targets;
    return sameTargets(this.targets, targets)
      ? this
      : new StageNode(this.content, this.index, this.by, targets);
  }

  /** With others in the place of some of its instructions, of which only these are looked at. Those behind move. */
  spliced(from: number, fresh: readonly InstructionContent[], to: number, by: Shift): StageNode {
    const { uses, faulty } = this.content;
    const own = this.run();
    const rest = moveRun(sliceRun(own, to), by);
    const more = from + fresh.length - to;
    const content = contentOf(
      joinRuns(sliceRun(own, 0, from), unmovedRun(fresh), rest),
      [
        ...uses.filter(({ at }) => at < from),
        ...usesOf(fresh, from),
        ...uses.flatMap((use) => (use.at < to ? [] : [{ at: use.at + more, content: use.content }])),
      ],
      [
        ...faulty.filter((at) => at < from),
        ...faultyOf(fresh, from),
        ...faulty.flatMap((at) => (at < to ? [] : [at + more])),
      ],
    );
    return new StageNode(content, this.index, UNMOVED, null);
  }

  get name(): string | null {
    return this.content.name;
  }

  get baseText(): string {
    return this.content.baseText;
  }

  get platform(): string | null {
    return this.content.platform;
  }

  get comment(): string | null {
    return this.content.comment;
  }

  get instructions(): InstructionNode[] {
    this.#instructions ??= this.content.run.read.map((_, at) => this.instruction(at));
    return this.#instructions;
  }

  /** Its instructions where they stand. */
  run(): Run {
    return moveRun(this.content.run, this.by);
  }

  get length(): number {
    return this.content.run.read.length;
  }

  /** One of its instructions, without making the others. */
  instruction(at: number): InstructionNode {
    const made = this.#made;
    made[at] ??= new InstructionNode(this.#read(at), addShifts(this.#move(at), this.by), this.index, at);
    return made[at];
  }

  #read(at: number): InstructionContent {
    return this.content.run.read[at] as InstructionContent;
  }

  #move(at: number): Shift {
    return this.content.run.moves[at] as Shift;
  }

  get range(): TextRange {
    return { start: this.startOf(0), end: this.end };
  }

  /** the end of its range */
  get end(): number {
    return this.endOf(this.length - 1);
  }

  get startLine(): number {
    return this.#read(0).startLine + this.#move(0).lines + this.by.lines;
  }

  get endLine(): number {
    return this.endLineOf(this.length - 1);
  }

  startOf(at: number): number {
    return this.#read(at).range.start + this.#move(at).offset + this.by.offset;
  }

  endOf(at: number): number {
    return this.#read(at).range.end + this.#move(at).offset + this.by.offset;
  }

  endLineOf(at: number): number {
    return this.#read(at).endLine + this.#move(at).lines + this.by.lines;
  }

  get baseRange(): TextRange {
    const from = this.instruction(0);
    const image = from.list.words[0];
    return image === undefined ? { start: from.end, end: from.end } : from.wordRange(image);
  }

  get nameRange(): TextRange | null {
    const from = this.instruction(0);
    const word = this.name === null ? undefined : from.list.words[2];
    return word === undefined ? null : from.wordRange(word);
  }

  get base(): StageReference {
    return this.references[0] as StageReference;
  }

  get copies(): StageReference[] {
    return this.#placed().copies;
  }

  get mounts(): StageReference[] {
    return this.#placed().mounts;
  }

  /** its base, then what its instructions name, in their order */
  get references(): readonly StageReference[] {
    return this.#placed().all;
  }

  #placed() {
    if (this.#references !== null) return this.#references;
    const targets = this.targets as readonly ReferenceTarget[];
    const instruction = this.instruction(0);
    const { baseText: raw, baseRange: range } = this;
    const target = targets[0] as ReferenceTarget;
    const all: StageReference[] = [{ kind: "from", raw, range, closing: "", target, instruction, flag: -1 }];
    const copies: StageReference[] = [];
    const mounts: StageReference[] = [];
    for (const [index, { at, content }] of this.content.uses.entries()) {
      if (content === null) continue;
      const node = this.instruction(at);
      const reference = placeReference(node, content, targets[index + 1] as ReferenceTarget);
      all.push(reference);
      (content.kind === "copy" ? copies : mounts).push(reference);
    }
    this.#references = { all, copies, mounts };
    return this.#references;
  }
}

/** Instructions cut into global ARGs and stages; what these mean is not found out yet. */
export interface StageList {
  globalArgs: InstructionNode[];
  stages: StageNode[];
}

/**
 * Groups instructions by their FROM (instructions/parse.go, Parse), and gives each its place.
 *
 * @param first index of the first stage, where the instructions are none of the head of a file; else 0
 */
export function groupStages(run: Run, first = 0): StageList {
  const { read, moves } = run;
  const starts: number[] = [];
  for (let at = 0; at < read.length; at++) if (isFrom(read[at] as InstructionContent)) starts.push(at);
  const globalArgs = read
    .slice(0, starts[0])
    .map((content, at) => new InstructionNode(content, moves[at], null, at));
  const stages = starts.map((start, at) => readStage(sliceRun(run, start, starts[at + 1]), first + at));
  return { globalArgs, stages };
}

export function isFrom({ keyword }: InstructionContent): boolean {
  return keyword === "FROM";
}

function readStage(run: Run, index: number): StageNode {
  return new StageNode(contentOf(run, usesOf(run.read, 0), faultyOf(run.read, 0)), index, UNMOVED, null);
}

function contentOf(run: Run, uses: readonly Use[], faulty: readonly number[]): StageContent {
  const { list, rawFlags, comments } = run.read[0] as InstructionContent;
  const { words } = list;
  const named = words.length >= 3 && fold(words[1]?.value ?? "") === "as" ? words[2] : undefined;
  const name = named === undefined ? null : stageNameOf(named.value);
  const platform = rawFlags.find(({ word }) => word.startsWith(PLATFORM_FLAG));
  return {
    run,
    name,
    baseText: words[0]?.value ?? "",
    platform: platform?.word.slice(PLATFORM_FLAG.length) ?? null,
    comment: name === null ? null : describedBy(comments, name),
    uses,
    faulty,
  };
}

/** What instructions name, the first of which has an index in its stage. */
function usesOf(read: readonly InstructionContent[], first: number): readonly Use[] {
  const uses: Use[] = [];
  for (let at = 0; at < read.length; at++) {
    const content = read[at] as InstructionContent;
    if (content.rawFlags.length === 0) continue;
    for (const each of referencesOf(content)) uses.push({ at: first + at, content: each });
  }
  return uses.length === 0 ? NO_USES : uses;
}

/** Instructions that BuildKit would not take, by index; that of the first is given. */
export function faultyOf(read: readonly InstructionContent[], first: number): readonly number[] {
  const faulty: number[] = [];
  for (let at = 0; at < read.length; at++) {
    const content = read[at] as InstructionContent;
    if (content.fault === undefined) content.fault = checkInstruction(content);
    if (content.fault !== null) faulty.push(first + at);
  }
  return faulty.length === 0 ? NONE : faulty;
}

/** What a comment above says of a name: `# builder compiles everything` (getDocComment). */
export function describedBy(comments: readonly string[], name: string): string | null {
  for (const comment of comments) {
    if (comment.startsWith(`${name} `)) return comment.slice(name.length + 1);
  }
  return null;
}
