import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText, encodeText, parseDockerfile, tokenize } from "../../lib/dockerfile";
import { PATIENCE, RUNS } from "../laws";
import { anything, dockerfileLike } from "./arbitraries";

function within(range: { start: number; end: number }, length: number): boolean {
  return range.start >= 0 && range.start <= range.end && range.end <= length;
}

describe("laws of parsing", PATIENCE, () => {
  it("never throws, and every range lies in the text", () => {
    fc.assert(
      fc.property(fc.oneof(dockerfileLike, anything(40)), (source) => {
        const tree = parseDockerfile(source);
        const ranges = [
          ...tree.diagnostics.map((each) => each.range),
          ...tree.instructions.flatMap((each) => [
            each.range,
            each.keywordRange,
            ...each.args.map((argument) => argument.range),
            ...each.flags.flatMap((flag) => [flag.range, flag.nameRange, flag.valueRange ?? flag.range]),
            ...each.heredocs.flatMap((heredoc) => [
              heredoc.bodyRange,
              heredoc.terminatorRange ?? heredoc.bodyRange,
            ]),
          ]),
          ...tree.stages.flatMap((each) => [each.range, each.baseRange, each.nameRange ?? each.range]),
          ...tree.edges.map((each) => each.reference.range),
        ];
        for (const range of ranges) expect(within(range, source.length)).toBe(true);
        for (const each of tree.instructions) expect(typeof each.text).toBe("string");
      }),
      RUNS,
    );
  });

  it("instructions follow each other and do not overlap", () => {
    fc.assert(
      fc.property(dockerfileLike, (source) => {
        let end = 0;
        for (const { range } of parseDockerfile(source).instructions) {
          expect(range.start).toBeGreaterThanOrEqual(end);
          end = range.end;
        }
      }),
      RUNS,
    );
  });

  it("says the first problem, and only says it where there is one", () => {
    fc.assert(
      fc.property(dockerfileLike, (source) => {
        const { accepted, error, diagnostics } = parseDockerfile(source);
        expect(accepted).toBe(error === null);
        if (error !== null)
          expect(diagnostics.some((each) => error.message.endsWith(each.message))).toBe(true);
      }),
      RUNS,
    );
  });

  it("bytes come back unchanged", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(encodeText(decodeText(bytes))).toEqual(bytes);
      }),
      RUNS,
    );
  });
});

/** Texts that would take a careless parser quadratic time, each a quarter of a megabyte. */
const HARD: [name: string, make: (size: number) => string][] = [
  ["one line", (size) => `FROM a\nRUN ${"x ".repeat(size / 2)}`],
  ["one line of flags", (size) => `FROM a\nRUN ${"--mount=from=b ".repeat(size / 15)}`],
  ["one line of quotes", (size) => `FROM a\nENV ${"a='b' ".repeat(size / 6)}`],
  ["continuations", (size) => `FROM a\nRUN x ${"\\\n y ".repeat(size / 5)}`],
  ["comments in a continuation", (size) => `FROM a\nRUN x \\\n${"# y\n".repeat(size / 4)} z`],
  ["instructions", (size) => `FROM a\n${"RUN x\n".repeat(size / 6)}`],
  ["stages", (size) => "FROM a AS b\nCOPY --from=b x y\n".repeat(size / 30)],
  ["unterminated heredocs", (size) => `FROM a\n${"RUN <<E\n".repeat(size / 8)}`],
  [
    "unterminated heredocs of many names",
    (size) => `FROM a\n${Array.from({ length: size / 12 }, (_, at) => `RUN <<E${at}\n`).join("")}`,
  ],
  ["nested substitutions", (size) => `FROM ${"${a:-".repeat(size / 5)}`],
  ["nested JSON", (size) => `FROM a\nRUN ${"[".repeat(size)}`],
  ["nested ONBUILD", (size) => `FROM a\n${"ONBUILD ".repeat(size / 8)}`],
  ["open quotes", (size) => `FROM a\nRUN ${"'\" <<".repeat(size / 5)}`],
  ["blank lines", (size) => `${"\n".repeat(size)}FROM a`],
  ["comments above", (size) => `${"# x\n".repeat(size / 4)}FROM a`],
];

describe("hard texts", PATIENCE, () => {
  it.each(HARD)("%s: parse and tokens end", (_, make) => {
    const source = make(1 << 18);
    const tree = parseDockerfile(source);
    const tokens = tokenize(tree);
    expect(tokens[tokens.length - 1]?.end).toBe(source.length);
  });

  it("more stages than a function takes arguments: all instructions are told", () => {
    expect(parseDockerfile("FROM a\n".repeat(200_000)).instructions).toHaveLength(200_000);
  });
});
