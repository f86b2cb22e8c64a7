import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDockerfile, tokenize } from "../../lib/dockerfile";
import { PATIENCE, RUNS } from "../laws";
import { dockerfileLike } from "./arbitraries";

function show(source: string): string[] {
  return tokenize(parseDockerfile(source))
    .filter((token) => token.kind !== "whitespace" && token.kind !== "newline")
    .map((token) => `${token.kind} ${source.slice(token.start, token.end)}`);
}

const CASES: [name: string, source: string, tokens: string[]][] = [
  ["a FROM", "FROM alpine:3 AS base", ["keyword FROM", "image alpine:3", "keyword AS", "stageName base"]],
  [
    "a base that is a stage",
    "FROM a AS b\nFROM b\n",
    ["keyword FROM", "image a", "keyword AS", "stageName b", "keyword FROM", "stageName b"],
  ],
  [
    "flags",
    "FROM a AS b\nFROM c\nCOPY --from=b --link /x $Y\n",
    [
      "keyword FROM",
      "image a",
      "keyword AS",
      "stageName b",
      "keyword FROM",
      "image c",
      "keyword COPY",
      "flagName --from",
      "operator =",
      "stageName b",
      "flagName --link",
      "path /x",
      "variable $Y",
    ],
  ],
  [
    "a word across a continuation with a comment in it",
    "FRO\\\n# why\nM al\\\npine",
    ["keyword FRO", "escape \\", "comment # why", "keyword M", "image al", "escape \\", "image pine"],
  ],
  [
    "a heredoc",
    "FROM a\nRUN <<EOF cat\nx\nEOF\n",
    [
      "keyword FROM",
      "image a",
      "keyword RUN",
      "heredocMarker <<EOF",
      "text cat",
      "heredocBody x\n",
      "heredocMarker EOF",
    ],
  ],
  [
    "directives and comments",
    "# syntax=x\n# c\n  # d\nFROM a",
    ["directive # syntax=x", "comment # c", "comment # d", "keyword FROM", "image a"],
  ],
  [
    "what ONBUILD holds back",
    "FROM a\nONBUILD COPY --from=b x y",
    [
      "keyword FROM",
      "image a",
      "keyword ONBUILD",
      "keyword COPY",
      "flagName --from",
      "operator =",
      "image b",
      "path x",
      "path y",
    ],
  ],
  [
    "JSON",
    'FROM a\nCMD ["x", "y"]',
    [
      "keyword FROM",
      "image a",
      "keyword CMD",
      "operator [",
      'string "x"',
      "operator , ",
      'string "y"',
      "operator ]",
    ],
  ],
  [
    "pairs",
    'FROM a\nENV A="b $C" D=e',
    [
      "keyword FROM",
      "image a",
      "keyword ENV",
      "variable A",
      "operator =",
      'string "b ',
      "variable $C",
      'string "',
      "variable D",
      "operator =",
      "string e",
    ],
  ],
];

describe("tokenize", PATIENCE, () => {
  it.each(CASES)("%s", (_, source, tokens) => {
    expect(show(source)).toEqual(tokens);
  });

  it("concatenates to the source, without empty tokens", () => {
    fc.assert(
      fc.property(dockerfileLike, (source) => {
        let at = 0;
        for (const token of tokenize(parseDockerfile(source))) {
          expect(token.start).toBe(at);
          expect(token.end).toBeGreaterThan(token.start);
          at = token.end;
        }
        expect(at).toBe(source.length);
      }),
      RUNS,
    );
  });

  it("of a range begin where a line that is nothing but its continuation ends", () => {
    const tree = parseDockerfile("FROM alpine\n\\\n   \r");
    const found = tokenize(tree, { start: 18, end: 18 });
    expect(found).toEqual(tokenize(tree).slice(-found.length));
  });

  it("of a range are those of the whole that it touches", () => {
    const offset = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(dockerfileLike, offset, offset, (source, from, length) => {
        const tree = parseDockerfile(source);
        const start = Math.min(from, source.length);
        const end = Math.min(start + length, source.length);
        const found = tokenize(tree, { start, end });
        const first = found[0]?.start ?? source.length;
        const last = found.at(-1)?.end ?? source.length;
        expect(first).toBeLessThanOrEqual(start);
        expect(last).toBeGreaterThanOrEqual(end);
        const whole = tokenize(tree);
        expect(found).toEqual(whole.filter((token) => token.start >= first && token.end <= last));
      }),
      RUNS,
    );
  });
});
