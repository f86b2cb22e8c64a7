import { describe, expect, it } from "vitest";
import { decodeText, encodeText, parseDockerfile } from "../../lib/dockerfile";

/** Stages as `name<base [platform] <kind:target…` lines, instructions as `NAME start-end`. */
function outline(source: string): string[] {
  const tree = parseDockerfile(source);
  return tree.instructions.map((each) => `${each.keyword} ${each.startLine}-${each.endLine}`);
}

function graph(source: string): string[] {
  const tree = parseDockerfile(source);
  return tree.stages.map((stage) => {
    const say = ({ target }: (typeof stage)["base"]) =>
      target.kind === "stage" ? `#${target.index}` : target.kind === "image" ? target.ref : target.kind;
    const uses = [...stage.copies, ...stage.mounts].map((use) => ` ${use.kind}:${say(use)}`).join("");
    return `${stage.name ?? "-"}<${say(stage.base)}${uses}`;
  });
}

const LINES: [name: string, source: string, instructions: string[]][] = [
  ["lines and blanks", "FROM a\n\n  RUN b\n", ["FROM 1-1", "RUN 3-3"]],
  ["a continuation", "FROM a\nRUN b \\\n c\n", ["FROM 1-1", "RUN 2-3"]],
  ["spaces behind the token", "FROM a\nRUN b \\ \t\n c\n", ["FROM 1-1", "RUN 2-3"]],
  ["a doubled token continues nothing", "FROM a\nRUN b \\\\\nRUN c\n", ["FROM 1-1", "RUN 2-2", "RUN 3-3"]],
  ["a comment and a blank line in between", "FROM a\nRUN b \\\n# c\n\n d\n", ["FROM 1-1", "RUN 2-5"]],
  ["a keyword in two pieces", "FR\\\nOM a", ["FROM 1-2"]],
  ["a token alone", "\\\nFROM a", ["FROM 1-2"]],
  ["a token at the end", "FROM a\nRUN b \\", ["FROM 1-1", "RUN 2-2"]],
  ["CRLF", "FROM a\r\nRUN b \\\r\n c\r\n", ["FROM 1-1", "RUN 2-3"]],
  ["a lone CR is no line break", "FROM a\rRUN b", ["FROM 1-1"]],
  [
    "another token",
    "# escape=`\nFROM a\nRUN b `\n c\nRUN d \\\nRUN e",
    ["FROM 2-2", "RUN 3-4", "RUN 5-5", "RUN 6-6"],
  ],
  [
    "a directive behind a comment is one",
    "# c\n# escape=`\nFROM a\nRUN b `\nRUN c",
    ["FROM 3-3", "RUN 4-4", "RUN 5-5"],
  ],
  ["a byte order mark", "\ufeff# escape=`\nFROM a\nRUN b `\n c", ["FROM 2-2", "RUN 3-4"]],
  ["a heredoc", "FROM a\nRUN <<E\nFROM b\nE\nRUN c", ["FROM 1-1", "RUN 2-4", "RUN 5-5"]],
  ["two of them", "FROM a\nCOPY <<A <<B /x/\n1\nA\nA\nB\nRUN c", ["FROM 1-1", "COPY 2-6", "RUN 7-7"]],
  ["chomped", "FROM a\nRUN <<-E\n\t x\n\t\tE\nRUN c", ["FROM 1-1", "RUN 2-4", "RUN 5-5"]],
  ["a space, a number", "FROM a\nRUN 3<< E\nx\nE\n", ["FROM 1-1", "RUN 2-4"]],
  ["in quotes it is none", "FROM a\nRUN echo '<<E'\nRUN b", ["FROM 1-1", "RUN 2-2", "RUN 3-3"]],
  ["behind open quotes neither", "FROM a\nRUN echo 'it <<E\nRUN b", ["FROM 1-1", "RUN 2-2", "RUN 3-3"]],
  ["three arrows neither", "FROM a\nRUN cat <<<E\nRUN b", ["FROM 1-1", "RUN 2-2", "RUN 3-3"]],
  ["in JSON neither", 'FROM a\nRUN ["<<E"]\nRUN b', ["FROM 1-1", "RUN 2-2", "RUN 3-3"]],
  ["in ENV neither", "FROM a\nENV A=<<E\nRUN b", ["FROM 1-1", "ENV 2-2", "RUN 3-3"]],
  ["under ONBUILD", "FROM a\nONBUILD RUN <<E\nx\nE\n", ["FROM 1-1", "ONBUILD 2-4"]],
  [
    "an unterminated one swallows nothing for us",
    "FROM a\nRUN <<E\nFROM b\n",
    ["FROM 1-1", "RUN 2-2", "FROM 3-3"],
  ],
];

const GRAPHS: [name: string, source: string, stages: string[]][] = [
  ["names are lower case", "FROM a AS Base\nFROM base\nCOPY --from=BASE x y", ["base<a", "-<#0 copy:#0"]],
  ["a FROM minds case", "FROM a AS base\nFROM BASE", ["base<a", "-<BASE"]],
  [
    "numbers are for COPY",
    "FROM a\nFROM b\nCOPY --from=0 x y\nRUN --mount=from=0 ls",
    ["-<a", "-<b copy:#0 mount:0"],
  ],
  [
    "a FROM takes the last before it, a COPY the last of all",
    "FROM a AS x\nFROM b AS x\nFROM x\nCOPY --from=x p q\nFROM c AS x",
    ["x<a", "x<b", "-<#1 copy:#3", "x<c"],
  ],
  ["a stage and its image may share a name", "FROM a AS a\nFROM a", ["a<a", "-<#0"]],
  [
    "global ARGs are expanded",
    `ARG V=x\nARG W=\${V:-y}-z\nFROM \${W} AS s\nFROM $Q\${V#x}s`,
    ["s<x-z", "-<#0"],
  ],
  ["scratch", "FROM scratch\nCOPY --from=scratch a b", ["-<scratch copy:scratch"]],
  [
    "quotes in a flag are gone",
    "FROM a AS b\nFROM c\nCOPY --from=\"b\" x y\nRUN --mount='from=b' ls",
    ["b<a", "-<c copy:#0 mount:#0"],
  ],
  ["flags end at --", "FROM a AS b\nFROM c\nCOPY -- --from=b x y", ["b<a", "-<c"]],
  ["a long s folds", "FROM a aſ b\nFROM b", ["b<a", "-<#0"]],
  ["half a FROM is a stage", "FROM a AS\nFROM", ["-<a", "-<invalid"]],
];

const ERRORS: [source: string, message: string, lines: [number, number] | null][] = [
  ["", "file with no instructions", [0, 0]],
  ["ARG A\n", "dockerfile contains no stages to build", null],
  ["RUN a\n", "no build stage in current context", [1, 1]],
  ["FROM a\nRNU b", "dockerfile parse error on line 2: unknown instruction: RNU (did you mean RUN?)", [2, 2]],
  ["FROM a b", "dockerfile parse error on line 1: FROM requires either one or three arguments", [1, 1]],
  [
    "FROM a\nCOPY x",
    "dockerfile parse error on line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined",
    [2, 2],
  ],
  [
    "FROM a\nCOPY --frm=x y z",
    "dockerfile parse error on line 2: unknown flag: --frm (did you mean from?)",
    [2, 2],
  ],
  [
    "FROM a\nADD --link=maybe y z",
    "dockerfile parse error on line 2: expecting boolean value for flag --link, not: maybe",
    [2, 2],
  ],
  [
    "FROM a\nCOPY x <<E\nE\n",
    "dockerfile parse error on line 2: COPY cannot accept a heredoc as a destination",
    [2, 3],
  ],
  ["FROM a\nRUN <<E\nb\n", "unterminated heredoc", [2, 3]],
  ["FROM a\nRUN [1]", "when using JSON array syntax, arrays must be comprised of strings only", [2, 2]],
  ["FROM a\nENV A", "ENV must have two arguments", [2, 2]],
  [
    'FROM a\nENV A=b "c d"',
    'Syntax error - can\'t find = in "\\"c d\\"". Must be of the form: name=value',
    [2, 2],
  ],
  [
    "FROM a\nRUN --mount=from=$X ls",
    "dockerfile parse error on line 2: 'from' doesn't support variable expansion, define alias stage instead",
    [2, 2],
  ],
  ['FROM a\nRUN --mount=a"b ls', "dockerfile parse error on line 2: unexpected", [2, 2]],
  ["FROM a\nRUN --network=x ls", 'dockerfile parse error on line 2: invalid network mode "x"', [2, 2]],
  [
    "FROM a\nHEALTHCHECK --interval=1q CMD x",
    'dockerfile parse error on line 2: time: unknown unit "q" in duration "1q"',
    [2, 2],
  ],
  [
    "FROM a\nHEALTHCHECK --timeout=1us CMD x",
    'dockerfile parse error on line 2: Interval "timeout" cannot be less than 1ms',
    [2, 2],
  ],
  [
    "FROM a\nHEALTHCHECK --retries=x CMD x",
    'dockerfile parse error on line 2: strconv.ParseInt: parsing "x": invalid syntax',
    [2, 2],
  ],
  [
    "FROM a\nSHELL sh",
    "dockerfile parse error on line 2: SHELL requires the arguments to be in JSON form",
    [2, 2],
  ],
  [
    "FROM a\nONBUILD ONBUILD RUN x",
    "dockerfile parse error on line 2: Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed",
    [2, 2],
  ],
  ["# escape=x\nFROM a", "invalid escape token 'x' does not match ` or \\", [0, 0]],
  [`FROM a\nRUN ${"x".repeat(65536)}`, "dockerfile line greater than max allowed size of 65535", [1, 1]],
];

describe("parseDockerfile", () => {
  it.each(LINES)("lines: %s", (_, source, instructions) => {
    expect(outline(source)).toEqual(instructions);
  });

  it.each(GRAPHS)("stages: %s", (_, source, stages) => {
    expect(graph(source)).toEqual(stages);
  });

  it.each(ERRORS.filter(([, message]) => !message.endsWith("unexpected")))(
    "says why not: %j",
    (source, message, lines) => {
      const { accepted, error } = parseDockerfile(source);
      expect(accepted).toBe(false);
      expect(error?.message).toBe(message);
      expect(error?.lines).toEqual(lines === null ? null : { start: lines[0], end: lines[1] });
    },
  );

  it.each([
    ["FROM a AS b\nCOPY --from=b x y", "circular dependency detected on stage: b"],
    ["FROM a\nCOPY --from=7 x y", "invalid stage index 7"],
    [
      "FROM a\nCOPY --from=$X x y",
      "variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround",
    ],
    ["FROM $X", "base name ($X) should not be blank"],
    ["FROM ${X", 'failed to process "${X": unsupported modifier (\ufffd) in substitution'],
  ])("says why stages cannot be resolved: %j", (source, message) => {
    const tree = parseDockerfile(source);
    expect([tree.accepted, tree.graphError]).toEqual([true, message]);
  });

  it("names the place of a forward reference, which BuildKit finds only as it builds", () => {
    const tree = parseDockerfile("FROM a\nCOPY --from=b x y\nFROM c AS b\n");
    expect(tree.graphError).toBeNull();
    expect(
      tree.diagnostics.map((each) => [each.message, tree.source.slice(each.range.start, each.range.end)]),
    ).toEqual([['cannot copy from stage "b", it needs to be defined before current stage "stage-0"', "b"]]);
  });

  it("a number beyond the stages may find an image that was met before", () => {
    const tree = parseDockerfile("FROM a\nCOPY --from=nginx x y\nCOPY --from=1 x y\n");
    expect(tree.stages[0]?.copies.map((each) => each.target)).toEqual([
      { kind: "image", ref: "nginx" },
      { kind: "image", ref: "nginx" },
    ]);
  });

  it("a number that finds an image is counted on as one, too", () => {
    const copies = ["nginx", "1", "2"].map((from) => `COPY --from=${from} x y\n`).join("");
    expect(parseDockerfile(`FROM a\n${copies}`).graphError).toBeNull();
    expect(parseDockerfile(`FROM a\n${copies}COPY --from=4 x y\n`).graphError).toBe("invalid stage index 4");
  });

  it("gives ranges of every part", () => {
    const source = 'FROM --platform=$P a AS b # no comment\nCOPY --from="x" \\\n  p /q\n';
    const tree = parseDockerfile(source.replace(" # no comment", ""));
    const [from, copy] = tree.instructions;
    const cut = (range: { start: number; end: number } | null | undefined) =>
      range === null || range === undefined ? null : tree.source.slice(range.start, range.end);
    expect(cut(from?.range)).toBe("FROM --platform=$P a AS b");
    expect(cut(from?.flags[0]?.range)).toBe("--platform=$P");
    expect(cut(from?.flags[0]?.nameRange)).toBe("--platform");
    expect(cut(from?.flags[0]?.valueRange)).toBe("$P");
    expect(from?.args.map((each) => cut(each.range))).toEqual(["a", "AS", "b"]);
    expect(cut(tree.stages[0]?.nameRange)).toBe("b");
    expect(cut(tree.stages[0]?.baseRange)).toBe("a");
    expect(cut(copy?.range)).toBe('COPY --from="x" \\\n  p /q');
    expect(cut(copy?.flags[0]?.valueRange)).toBe("x");
    expect(copy?.args.map((each) => each.value)).toEqual(["p", "/q"]);
    expect(copy?.text).toBe('--from="x" p /q');
    expect(tree.stages[0]?.copies[0]).toMatchObject({ raw: "x", sources: ["p"], destination: "/q", flag: 0 });
  });

  it("keeps what a comment says of a stage", () => {
    const tree = parseDockerfile("# builder makes it\nFROM a AS builder\n");
    expect(tree.stages[0]?.comment).toBe("makes it");
  });

  it("reads flags byte by byte, as BuildKit does", () => {
    const tree = parseDockerfile("FROM a\nCOPY --from=bäse x y\nCOPY --from=b\u00a0x y z\n");
    expect(tree.stages[0]?.copies.map((each) => each.raw)).toEqual(["bÃ¤se", "bÂ"]);
  });

  it("keeps bytes that are no UTF-8", () => {
    const bytes = Uint8Array.from([
      0xef, 0xbb, 0xbf, 0x46, 0xff, 0xc3, 0x0a, 0xe2, 0x82, 0xac, 0xed, 0xa0, 0x80,
    ]);
    const text = decodeText(bytes);
    expect(encodeText(text)).toEqual(bytes);
    expect(text).toBe("\ufeffF\udcff\udcc3\n€\udced\udca0\udc80");
  });
});
