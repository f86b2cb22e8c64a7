import { describe, expect, test } from "vitest";
import { colouredWords } from "@/components/code/document-tokens";
import { parseDockerfile } from "@/lib/dockerfile";

function words(source: string, first = 1, last = 1_000) {
  const tree = parseDockerfile(source);
  const lines = source.split("\n");
  return colouredWords(tree, first, Math.min(last, tree.lines.lineCount)).map(
    ({ kind, line, from, to }) => `${line} ${kind} ${lines[line - 1]?.slice(from - 1, to - 1)}`,
  );
}

describe("words and their colours", () => {
  test.each([
    [
      "a base and a name",
      "FROM golang:1.23 AS builder",
      ["1 keyword FROM", "1 image golang:1.23", "1 keyword AS", "1 stage builder"],
    ],
    [
      "a stage as base",
      "FROM a AS b\nFROM b",
      ["1 keyword FROM", "1 image a", "1 keyword AS", "1 stage b", "2 keyword FROM", "2 stage b"],
    ],
    ["a comment", "FROM a\n# why\n", ["1 keyword FROM", "1 image a", "2 comment # why"]],
    ["lower case", "from a", ["1 keyword from", "1 image a"]],
  ])("%s", (_, source, expected) => {
    expect(words(source)).toEqual(expected);
  });

  test("what looks like an instruction inside a heredoc is none", () => {
    const source = "FROM a\nCOPY <<EOF /x\nFROM nothing AS no\nEOF\nRUN x\n";
    const coloured = words(source);
    expect(coloured.filter((word) => word.startsWith("3 "))).toEqual([]);
    expect(coloured).toContain("5 keyword RUN");
  });

  test("a continued line has no keyword of its own", () => {
    expect(words("FROM a\nRUN x \\\n  FROM y\n").filter((word) => word.startsWith("3 keyword"))).toEqual([]);
  });

  test("the escape directive decides what continues", () => {
    const source = "# escape=`\nFROM a\nRUN x `\n  COPY\nRUN y \\\nCOPY a b\n";
    const keywords = words(source).filter((word) => word.includes("keyword"));
    expect(keywords).toEqual(["2 keyword FROM", "3 keyword RUN", "5 keyword RUN", "6 keyword COPY"]);
  });
});

test("only the lines asked for", () => {
  const source = "FROM a\nRUN b\nFROM c\nRUN d\n";
  expect(words(source, 2, 3)).toEqual(["2 keyword RUN", "3 keyword FROM", "3 image c"]);
});

test("what lies beyond a very long line's end is not coloured", () => {
  expect(words(`FROM a\nENV ${"x=1 ".repeat(5_000)}`).length).toBeLessThan(10_000);
});
