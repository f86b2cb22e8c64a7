import { describe, expect, it } from "vitest";
import { hoverAt } from "../../../lib/dockerfile/service";
import { marked } from "./marked";

function hover(text: string): string | null {
  const { tree, offset } = marked(text);
  return hoverAt(tree, offset)?.text ?? null;
}

const SAYS: [what: string, text: string, says: string][] = [
  ["an instruction", "FROM a\nCO¦PY a b", "Copies files into the image"],
  ["a held back instruction", "FROM a\nONBUILD WORK¦DIR /x", "start in"],
  ["a flag", "FROM a\nCOPY --li¦nk a b", "stays cached"],
  ["a mount's type", "FROM a\nRUN --mount=type=cac¦he,target=/x ls", "kept from build to build"],
  ["another spelling of a mount's key", "FROM a\nRUN --mount=type=cache,ds¦t=/x ls", "Where it is mounted"],
  ["a directive", "# syn¦tax=docker/dockerfile:1\nFROM a", "frontend image"],
  ["a base with its ARGs expanded", "ARG V=3.20\nFROM alp¦ine:$V", "alpine:3.20"],
  ["an ARG's worth in FROM", "ARG V=3.20\nFROM alpine:$¦V", "V=3.20"],
  ["what counts at the line", "FROM a\nENV X=1\nRUN $X\nENV X=2\nRUN $¦X", "X=2"],
  ["what counted before", "FROM a\nENV X=1\nRUN $¦X\nENV X=2\nRUN $X", "X=1"],
  ["a default in a default", "ARG A=1\nFROM a\nARG A\nENV B=${A}-x\nWORKDIR /$¦B", "B=1-x"],
  ["where it is set", "FROM a\nENV X=1\nRUN $¦X", "ENV in line 2"],
  ["what a comment says of an ARG", "# V what to build\nARG V=1\nFROM a:$¦V", "what to build"],
  [
    "what a comment says of it further up",
    "# V what to build\nARG V=1\nFROM a\nARG V\nRUN $¦V",
    "what to build",
  ],
  ["an ARG without a value", "FROM a\nARG X\nRUN $¦X", "--build-arg"],
  ["what nobody declares", "FROM a\nRUN $¦X", "Nothing in this stage declares it"],
  ["a stage that is used", "FROM a AS b\nFROM c\nCOPY --from=¦b /x /", "Stage **b** on `a`, line 1."],
  ["who uses a stage", "FROM a AS ¦b\nFROM c AS d\nCOPY --from=b /x /", "Used by d."],
  ["an image that files come from", "FROM c\nCOPY --from=ngi¦nx:1 /x /", "nginx:1"],
  ["scratch", "FROM scr¦atch", "begins empty"],
];

describe("hover", () => {
  it.each(SAYS)("explains %s", (_, text, says) => expect(hover(text)).toContain(says));

  it.each(["FROM a\nRUN ec¦ho x", "FROM a\n# com¦ment", "¦", "FROM a\nRUN <<E\nFR¦OM x\nE\n"])(
    "says nothing of %j",
    (text) => {
      expect(hover(text)).toBeNull();
    },
  );

  it.each([
    ["a stage's name", "FROM a AS ¦x\n", "x", "takes `./y` in its place: none of its instructions runs"],
    ["a stage that is used", "FROM a AS x\nFROM ¦x\n", "x", "takes `./y` in its place"],
    ["a base", "FROM alp¦ine\n", "alpine", "takes `./y` in its place"],
    [
      "an image that files come from",
      "FROM a\nCOPY --from=alp¦ine:latest /x /\n",
      "alpine",
      "takes `./y` in its place",
    ],
    ["an image that is not meant", "FROM alp¦ine:3\n", "alpine", "Image from a registry."],
  ])("says what a named context does to %s", (_, text, name, says) => {
    const { tree, offset } = marked(text);
    expect(hoverAt(tree, offset, { contexts: new Map([[name, "./y"]]) })?.text).toContain(says);
  });

  it("counts with what a build is given", () => {
    const { tree, offset } = marked("FROM a\nARG V=1\nRUN $¦V $TARGETARCH");
    const buildArgs = new Map([["V", "9"]]);
    expect(hoverAt(tree, offset, { buildArgs })?.text).toContain("V=9");
  });

  it("points at the word", () => {
    const { tree, offset } = marked("FROM a\nARG NAME=1\nRUN ${NA¦ME:-x}");
    const found = hoverAt(tree, offset);
    expect(tree.source.slice(found?.range.start, found?.range.end)).toBe("NAME");
  });
});
