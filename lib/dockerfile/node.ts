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
  trigger: InstructionContent | null;
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
  if (first === UNMOVED) return second;
  return second === UNMOVED
    ? first
    : { offset: first.offset + second.offset, lines: first.lines + second.lines };
}

/** Instructions in a row as they were read, and how far each has moved since. */
export interface Run {
  readonly read: readonly InstructionContent[];
  readonly moves: readonly Shift[];
}

/** A row that stands where it was read. */
export function unmovedRun(read: readonly InstructionContent[]): Run {
  return { read, moves: new Array<Shift>(read.length).fill(UNMOVED) };
}

/** Some of a row, from one to before another. */
export function sliceRun({ read, moves }: Run, from: number, to = read.length): Run {
  return { read: read.slice(from, to), moves: moves.slice(from, to) };
}

/** Rows one after the other as one. */
export function joinRuns(...runs: Run[]): Run {
  return {
    read: ([] as InstructionContent[]).concat(...runs.map(({ read }) => read)),
    moves: ([] as Shift[]).concat(...runs.map(({ moves }) => moves)),
  };
}

/** A row further on. */
export function moveRun({ read, moves }: Run, by: Shift): Run {
  let old = UNMOVED;
  let sum = by;
  const move = (each: Shift) => {
    if (each !== old) {
      old = each;
      sum = addShifts(each, by);
    }
    return sum;
  };
  return { read, moves: moves.map(move) };
}

/**
 * An instruction at its place in a tree. What was read of it is shared by all trees it is in, so that moving it costs a
 * small object; what only a reader of it needs is worked out when asked for.
 */
export class InstructionNode implements Instruction {
  #line: LogicalLine | null = null;
  #heredocs: Heredoc[] | null = null;
  #flags: Flag[] | null = null;
  #args: Argument[] | null = null;

  /**
   * @param stage index of its stage; null before the first FROM, and for what ONBUILD holds back
   * @param indexInStage -1 where it has no place in a tree
   */
  constructor(
    readonly content: InstructionContent,
    readonly by: Shift = UNMOVED,
    readonly stage: number | null = null,
    readonly indexInStage = -1,
  ) {}

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
    return moveRange(this.content.range, this.by);
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
    return trigger === null ? null : new InstructionNode(trigger, this.by);
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

export function moveRange(range: TextRange, { offset }: Shift): TextRange {
  return offset === 0 ? range : { start: range.start + offset, end: range.end + offset };
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
