import type { LineIndex, TextRange } from "../text";

export type Severity = "error" | "warning" | "info";

/** Something to say about a place in the text. */
export interface Diagnostic {
  severity: Severity;
  /** `ParseError`, `InstructionError`, `GraphError`, or the name of a build check */
  code: string;
  /** BuildKit's own words where it has them */
  message: string;
  range: TextRange;
  url?: string;
}

/** A parser directive: `# escape=` and its kin at the top of the file. */
export interface Directive {
  /** lower case: `syntax`, `escape` or `check` */
  name: string;
  value: string;
  /** 1-based */
  line: number;
  /** from the `#` to the end of the value */
  range: TextRange;
  nameRange: TextRange;
  valueRange: TextRange;
}

export interface Flag {
  /** without the dashes */
  name: string;
  /** after BuildKit's quote removal; null where the flag has no `=` */
  value: string | null;
  range: TextRange;
  nameRange: TextRange;
  valueRange: TextRange | null;
  /**
   * What must follow a new value written over `valueRange` for the quotes around it to stay balanced; almost always
   * empty (`--from=ba"se"` is why it exists).
   */
  closing: string;
}

export interface Argument {
  /** as the parser hands it on: quotes kept, JSON decoded */
  value: string;
  range: TextRange;
}

export interface Heredoc {
  /** the terminator, quotes removed */
  name: string;
  /** whether variables in the body are expanded: false for a quoted name */
  expand: boolean;
  /** `<<-`: leading tabs of the body and the terminator do not count */
  chomp: boolean;
  fileDescriptor: number;
  /** the body as written: neither tabs taken off nor variables expanded */
  content: string;
  /** the body's lines with their newlines; empty for an unterminated one */
  bodyRange: TextRange;
  /** the line of the terminator, without its newline; null where it is missing */
  terminatorRange: TextRange | null;
}

/** One instruction as written. Shapes of `args` follow BuildKit's parser/line_parsers.go. */
export interface Instruction {
  /** upper case */
  keyword: string;
  /** from the keyword to the end of the last line, heredoc bodies included, without the trailing newline */
  range: TextRange;
  keywordRange: TextRange;
  /** 1-based, as BuildKit counts them */
  startLine: number;
  endLine: number;
  flags: Flag[];
  heredocs: Heredoc[];
  /** words; elements of the JSON form; `name=value` for ENV, LABEL and ARG; one string for a shell form */
  args: Argument[];
  json: boolean;
  /** index of its stage; null before the first FROM */
  stage: number | null;
  /** 0 is the FROM; for a global instruction, its place among those */
  indexInStage: number;
  /** one line for a card: flags and arguments, continuations and comments folded, without the keyword */
  text: string;
  /** the comment lines right above, without `#`, as BuildKit collects them for descriptions and checks */
  comments: readonly string[];
  /** what ONBUILD holds back; it has no references of its own until a child stage runs it */
  trigger: Instruction | null;
}

export type ReferenceTarget =
  | { kind: "stage"; index: number }
  | { kind: "image"; ref: string }
  | { kind: "scratch" }
  /** it cannot be resolved: a number out of range, a variable where none is allowed */
  | { kind: "invalid"; reason: string };

/** A word of the text that names a stage or an image. */
export interface StageReference {
  kind: "from" | "copy" | "mount";
  /** as BuildKit sees it after quotes are removed and before ARGs are expanded */
  raw: string;
  /** exactly the word to be replaced */
  range: TextRange;
  /** see {@link Flag.closing} */
  closing: string;
  target: ReferenceTarget;
  instruction: Instruction;
  /** which of the instruction's flags holds it; -1 for the base of a FROM */
  flag: number;
  /** of a COPY; for a mount, its `source` */
  sources?: string[];
  /** of a COPY; for a mount, its `target` */
  destination?: string;
}

export interface Stage {
  index: number;
  /** as BuildKit has it: lower case; null without AS or where the name is not valid */
  name: string | null;
  nameRange: TextRange | null;
  /** as written, ARGs not expanded */
  baseText: string;
  baseRange: TextRange;
  base: StageReference;
  /** as written, quotes removed; null without the flag */
  platform: string | null;
  /** from FROM to the end of the last instruction */
  range: TextRange;
  /** 1-based */
  startLine: number;
  endLine: number;
  /** FROM included, first */
  instructions: Instruction[];
  /** the description of the stage: what follows its name in a comment above, as BuildKit reads it */
  comment: string | null;
  copies: StageReference[];
  mounts: StageReference[];
}

export interface StageEdge {
  /** the stage that is needed */
  from: number;
  /** the stage that needs it */
  to: number;
  kind: "from" | "copy" | "mount";
  reference: StageReference;
}

/** Why BuildKit would not take the file; the first reason only, as it stops there. */
export interface DockerfileError {
  phase: "parse" | "instructions" | "nostage";
  /** BuildKit's whole text */
  message: string;
  /** 1-based first and last line, 0 where BuildKit counts so; null for a file without stages */
  lines: { start: number; end: number } | null;
}

export interface Dockerfile {
  source: string;
  escape: "\\" | "`";
  directives: Directive[];
  /** all of them in the order of the text, global ARGs included */
  instructions: Instruction[];
  /** those before the first FROM */
  globalArgs: Instruction[];
  stages: Stage[];
  edges: StageEdge[];
  diagnostics: Diagnostic[];
  /** last lines, 1-based, of instructions with a blank line inside a continuation */
  emptyContinuations: readonly number[];
  lines: LineIndex;
  /** BuildKit's parser and instructions take the file, and it has a stage */
  accepted: boolean;
  error: DockerfileError | null;
  /** why stages cannot be resolved, in BuildKit's words; null where they can */
  graphError: string | null;
}

export type TokenKind =
  | "keyword"
  | "flagName"
  | "flagValue"
  | "stageName"
  | "image"
  | "path"
  | "variable"
  | "string"
  | "comment"
  | "directive"
  | "heredocMarker"
  | "heredocBody"
  /** the continuation token at the end of a line */
  | "escape"
  | "operator"
  | "text"
  | "whitespace"
  | "newline";

export interface Token {
  kind: TokenKind;
  start: number;
  end: number;
}
