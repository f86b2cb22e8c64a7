import type { TextRange } from "../text";
import { foldsToAs } from "./characters";
import { checkInstruction, stageNameOf } from "./instructions/check";
import { addShifts, type InstructionNode, moveAll, type ReferenceContent, type Shift, UNMOVED } from "./node";
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
  /** FROM first; where they stood when the stage was read */
  nodes: InstructionNode[];
  index: number;
  name: string | null;
  baseText: string;
  platform: string | null;
  comment: string | null;
  uses: readonly Use[];
  /** instructions that BuildKit would not take, by index */
  faulty: readonly number[];
}

const NO_USES: readonly Use[] = [];

/**
 * A stage at its place in a tree. As with instructions, moving it costs a small object; its instructions move when
 * somebody asks for them.
 */
export class StageNode implements Stage {
  #instructions: InstructionNode[] | null = null;
  #references: { all: StageReference[]; copies: StageReference[]; mounts: StageReference[] } | null = null;

  constructor(
    readonly content: StageContent,
    readonly index: number,
    readonly by: Shift,
    /** what its base and its uses turned out to mean, in their order; null before that was found out */
    public targets: readonly ReferenceTarget[] | null,
  ) {}

  /** The stage further on, at another index; what it means is found out anew unless it is told. */
  moved(by: Shift, index: number, targets: StageNode["targets"]): StageNode {
    const stays = by.offset === 0 && by.lines === 0 && index === this.index;
    return stays ? this : new StageNode(this.content, index, addShifts(this.by, by), targets);
  }

  /** The stage with what it means: itself where that is known of it, or was before. */
  settled(targets: readonly ReferenceTarget[]): StageNode {
    if (this.targets === null) this.targets = targets;
    return sameTargets(this.targets, targets)
      ? this
      : new StageNode(this.content, this.index, this.by, targets);
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
    const { nodes, index } = this.content;
    if (this.by === UNMOVED && this.index === index) return nodes;
    this.#instructions ??= placeAll(moveAll(nodes, this.by), this.index);
    return this.#instructions;
  }

  get range(): TextRange {
    return { start: (this.content.nodes[0] as InstructionNode).range.start + this.by.offset, end: this.end };
  }

  /** the end of its range */
  get end(): number {
    return lastOf(this.content.nodes).end + this.by.offset;
  }

  get endLine(): number {
    return lastOf(this.content.nodes).endLine + this.by.lines;
  }

  get baseRange(): TextRange {
    const from = this.instructions[0] as InstructionNode;
    const image = from.list.words[0];
    return image === undefined ? { start: from.end, end: from.end } : from.wordRange(image);
  }

  get nameRange(): TextRange | null {
    const from = this.instructions[0] as InstructionNode;
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
    const instruction = this.instructions[0] as InstructionNode;
    const { baseText: raw, baseRange: range } = this;
    const target = targets[0] as ReferenceTarget;
    const all: StageReference[] = [{ kind: "from", raw, range, closing: "", target, instruction, flag: -1 }];
    const copies: StageReference[] = [];
    const mounts: StageReference[] = [];
    for (const [index, { at, content }] of this.content.uses.entries()) {
      if (content === null) continue;
      const node = this.instructions[at] as InstructionNode;
      const reference = placeReference(node, content, targets[index + 1] as ReferenceTarget);
      all.push(reference);
      (content.kind === "copy" ? copies : mounts).push(reference);
    }
    this.#references = { all, copies, mounts };
    return this.#references;
  }
}

function placeAll(nodes: readonly InstructionNode[], stage: number | null): InstructionNode[] {
  return nodes.map((node, index) => node.placed(stage, index));
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
export function groupStages(nodes: readonly InstructionNode[], first = 0): StageList {
  let start = nodes.findIndex(isFrom);
  if (start === -1) start = nodes.length;
  const globalArgs = placeAll(nodes.slice(0, start), null);
  const stages: StageNode[] = [];
  while (start < nodes.length) {
    let end = start + 1;
    while (end < nodes.length && !isFrom(nodes[end] as InstructionNode)) end++;
    stages.push(readStage(nodes.slice(start, end), first + stages.length));
    start = end;
  }
  return { globalArgs, stages };
}

export function isFrom(node: InstructionNode): boolean {
  return node.content.keyword === "FROM";
}

function readStage(list: readonly InstructionNode[], index: number): StageNode {
  const nodes = placeAll(list, index);
  const from = nodes[0] as InstructionNode;
  const { words } = from.list;
  const named = words.length >= 3 && foldsToAs(words[1]?.value ?? "") ? words[2] : undefined;
  const name = named === undefined ? null : stageNameOf(named.value);
  const platform =
    from.rawFlags.length === 0 ? undefined : from.flags.find((flag) => flag.name === "platform");
  const uses: Use[] = [];
  for (let at = 1; at < nodes.length; at++) {
    const { content } = nodes[at] as InstructionNode;
    if (content.rawFlags.length === 0) continue;
    for (const each of referencesOf(content)) uses.push({ at, content: each });
  }
  const content: StageContent = {
    nodes,
    index,
    name,
    baseText: words[0]?.value ?? "",
    platform: platform?.value ?? null,
    comment: name === null ? null : describedBy(from.comments, name),
    uses: uses.length === 0 ? NO_USES : uses,
    faulty: faultyOf(nodes),
  };
  return new StageNode(content, index, UNMOVED, null);
}

/** Instructions that BuildKit would not take, by index. */
export function faultyOf(nodes: readonly InstructionNode[]): readonly number[] {
  const faulty: number[] = [];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as InstructionNode;
    const { content } = node;
    if (content.fault === undefined) content.fault = checkInstruction(node);
    if (content.fault !== null) faulty.push(index);
  }
  return faulty;
}

/** What a comment above says of a name: `# builder compiles everything` (getDocComment). */
export function describedBy(comments: readonly string[], name: string): string | null {
  for (const comment of comments) {
    if (comment.startsWith(`${name} `)) return comment.slice(name.length + 1);
  }
  return null;
}

/** Whether two stages say the same to others and of others, so that all references mean what they meant. */
export function resolveAlike(a: StageNode, b: StageNode): boolean {
  const [one, two] = [a.content, b.content];
  return (
    one.name === two.name &&
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

function sameTargets(a: readonly ReferenceTarget[], b: readonly ReferenceTarget[]): boolean {
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

function lastOf(nodes: readonly InstructionNode[]): InstructionNode {
  return nodes[nodes.length - 1] as InstructionNode;
}
