import type { TextRange } from "../text";
import type { ArgumentList } from "./arguments";
import { isSpace, trimSpace } from "./characters";
import { equalsIn, flagPart, type RawFlag } from "./flags";
import type { Fault } from "./instructions/fault";
import type { LogicalLine } from "./lines";
import type { Argument, Flag, Heredoc, Instruction, StageReference } from "./types";
import type { Word } from "./words";

/** What the parser makes of one logical line. Places are where it stood when it was read; see {@link Shift}. */
export interface InstructionContent {
  /** upper case */
  keyword: string;
  /** as written */
  name: string;
  keywordRange: TextRange;
  range: TextRange;
  startLine: number;
  endLine: number;
  comments: readonly string[];
  /** the whole logical line, spaces around it included */
  line: LogicalLine;
  rawFlags: readonly RawFlag[];
  list: ArgumentList;
  /** to be added to the places of words to get places in the line */
  shift: number;
  /** where the arguments as a whole stand, in the line's own text */
  argsSpan: { start: number; end: number };
  heredocs: Heredoc[];
  trigger: InstructionNode | null;
  /** worked out when first asked for, and the same wherever the instruction stands */
  text: string | null;
  /** stages and images that a COPY or RUN names, as read; undefined before anybody asked */
  references: readonly (ReferenceContent | null)[] | undefined;
  /** why BuildKit would not take it; undefined before anybody asked */
  fault: Fault | null | undefined;
}

/** A reference but for its place in a tree and for what it turns out to mean. */
export type ReferenceContent = Omit<StageReference, "target" | "instruction">;

/** How far something has moved since it was read. */
export interface Shift {
  readonly offset: number;
  readonly lines: number;
}

export const UNMOVED: Shift = { offset: 0, lines: 0 };

/** A move and another after it. */
export function addShifts(first: Shift, second: Shift): Shift {
  return { offset: first.offset + second.offset, lines: first.lines + second.lines };
}

/**
 * An instruction at its place in a tree. What was read of it is shared by all trees it is in, so that moving it costs a
 * small object; what only a reader of it needs is worked out when asked for.
 */
export class InstructionNode implements Instruction {
  /** index of its stage; null before the first FROM, and for what ONBUILD holds back */
  stage: number | null = null;
  /** -1 until it has a place in a tree */
  indexInStage = -1;
  #line: LogicalLine | null = null;
  #range: TextRange | null = null;
  #heredocs: Heredoc[] | null = null;
  #flags: Flag[] | null = null;
  #args: Argument[] | null = null;

  constructor(
    readonly content: InstructionContent,
    readonly by: Shift = UNMOVED,
  ) {}

  /** The instruction at its place among others: itself where it has none yet, or has this one. */
  placed(stage: number | null, indexInStage: number): InstructionNode {
    if (stage === this.stage && indexInStage === this.indexInStage) return this;
    const node = this.indexInStage === -1 ? this : new InstructionNode(this.content, this.by);
    node.stage = stage;
    node.indexInStage = indexInStage;
    return node;
  }

  get keyword(): string {
    return this.content.keyword;
  }

  get name(): string {
    return this.content.name;
  }

  get comments(): readonly string[] {
    return this.content.comments;
  }

  get rawFlags(): readonly RawFlag[] {
    return this.content.rawFlags;
  }

  get list(): ArgumentList {
    return this.content.list;
  }

  get shift(): number {
    return this.content.shift;
  }

  get argsSpan(): { start: number; end: number } {
    return this.content.argsSpan;
  }

  get json(): boolean {
    return this.content.list.json;
  }

  get startLine(): number {
    return this.content.startLine + this.by.lines;
  }

  get endLine(): number {
    return this.content.endLine + this.by.lines;
  }

  get range(): TextRange {
    if (this.by.offset === 0) return this.content.range;
    this.#range ??= moveRange(this.content.range, this.by);
    return this.#range;
  }

  /** the end of its range */
  get end(): number {
    return this.content.range.end + this.by.offset;
  }

  get keywordRange(): TextRange {
    return moveRange(this.content.keywordRange, this.by);
  }

  get line(): LogicalLine {
    if (this.by.offset === 0) return this.content.line;
    this.#line ??= this.content.line.moved(this.by.offset);
    return this.#line;
  }

  get heredocs(): Heredoc[] {
    const { heredocs } = this.content;
    if (this.by.offset === 0 || heredocs.length === 0) return heredocs;
    this.#heredocs ??= heredocs.map((each) => ({
      ...each,
      bodyRange: moveRange(each.bodyRange, this.by),
      terminatorRange: each.terminatorRange === null ? null : moveRange(each.terminatorRange, this.by),
    }));
    return this.#heredocs;
  }

  get trigger(): InstructionNode | null {
    const { trigger } = this.content;
    return trigger === null || this.by === UNMOVED ? trigger : new InstructionNode(trigger.content, this.by);
  }

  /** Argument values as BuildKit's nodeArgs gives them, ONBUILD's trigger flattened. */
  get values(): string[] {
    const values = this.list.words.map((word) => word.value);
    return this.trigger === null ? values : [this.trigger.name, ...this.trigger.values];
  }

  wordRange(word: Word): TextRange {
    return this.line.range(Math.max(0, word.start + this.shift), Math.max(0, word.end + this.shift));
  }

  /** All arguments, brackets of the JSON form included. */
  get argsRange(): TextRange {
    return this.line.range(this.argsSpan.start, this.argsSpan.end);
  }

  get args(): Argument[] {
    if (this.#args === null) {
      this.#args = this.list.words.map((word) => ({ value: word.value, range: this.wordRange(word) }));
      const { trigger } = this;
      if (trigger !== null) {
        this.#args.push({ value: trigger.name, range: trigger.keywordRange });
        this.#args = this.#args.concat(trigger.args);
      }
    }
    return this.#args;
  }

  get flags(): Flag[] {
    this.#flags ??= this.rawFlags.map((flag) => this.#flag(flag));
    return this.#flags;
  }

  #flag(flag: RawFlag): Flag {
    const equals = equalsIn(flag);
    const nameEnd = equals === -1 ? flag.word.length : equals;
    const name = flagPart(flag, 0, nameEnd);
    const value = equals === -1 ? null : flagPart(flag, equals + 1, flag.word.length);
    return {
      name: flag.word.slice(2, nameEnd),
      value: equals === -1 ? null : flag.word.slice(equals + 1),
      range: this.line.range(flag.start, flag.end),
      nameRange: this.line.range(name.start, name.end),
      valueRange: value === null ? null : this.line.range(value.start, value.end),
      closing: value === null ? "" : value.closing,
    };
  }

  get text(): string {
    const { content } = this;
    content.text ??= collapse(trimSpace(content.line.text).slice(content.name.length));
    return content.text;
  }
}

/** Instructions further on, without their places among others; as they are where they do not move. */
export function moveAll(nodes: readonly InstructionNode[], by: Shift): readonly InstructionNode[] {
  if (by.offset === 0 && by.lines === 0) return nodes;
  let old: Shift | null = null;
  let sum = by;
  return nodes.map((node) => {
    if (node.by !== old) {
      old = node.by;
      sum = addShifts(old, by);
    }
    return new InstructionNode(node.content, sum);
  });
}

export function moveRange({ start, end }: TextRange, { offset }: Shift): TextRange {
  return { start: start + offset, end: end + offset };
}

/** Runs of spaces as one, none at the ends. */
function collapse(text: string): string {
  let result = "";
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const boundary = at === text.length || isSpace(text.charCodeAt(at));
    if (!boundary && start === -1) start = at;
    else if (boundary && start !== -1) {
      result += (result === "" ? "" : " ") + text.slice(start, at);
      start = -1;
    }
  }
  return result;
}
