import { describe, expect, it } from "vitest";
import { FLAGS } from "../../../lib/dockerfile/instructions/flags";
import { completionsAt } from "../../../lib/dockerfile/service";
import { FLAGS as EXPLAINED } from "../../../lib/dockerfile/service/explanations";
import { marked } from "./marked";

function labels(text: string): string[] {
  const { tree, offset } = marked(text);
  return completionsAt(tree, offset).map((each) => each.label);
}

const STAGES = "FROM golang:1.22 AS builder\nRUN a\nFROM alpine AS tools\n";

const ALL: [what: string, text: string, labels: string[]][] = [
  ["instructions before the first stage", "F¦", ["FROM", "ARG"]],
  ["AS behind a base", "FROM alpine ¦", ["AS"]],
  ["as in the casing of its from", "from alpine ¦", ["as"]],
  ["nothing behind a stage's name", "FROM alpine AS x ¦", []],
  [
    "stages, images and scratch behind FROM, the nearest stage first",
    `${STAGES}FROM ¦`,
    ["tools", "builder", "golang:1.22", "alpine", "scratch", "--platform"],
  ],
  ["stages and images behind --from=", `${STAGES}COPY --from=¦`, ["builder", "golang:1.22", "alpine"]],
  ["a stage without a name by its number", "FROM a\nFROM b\nCOPY --from=¦", ["0", "a", "b"]],
  ["images as they are, where nothing is expanded", "ARG V=1\nFROM a:$V\nCOPY --from=¦", ["a:1"]],
  [
    "images as they are written, where variables are",
    "ARG V=1\nFROM a:$V\nFROM ¦",
    ["a:$V", "scratch", "--platform"],
  ],
  ["what is being typed is no image", "FROM a AS x\nFROM b\nCOPY --from=y¦", ["x", "a", "b"]],
  [
    "flags, those used left out",
    "FROM a\nCOPY --link --chown=1 --from=x --chmod=1 --¦ a b",
    ["--exclude", "--parents"],
  ],
  ["flags of RUN", "FROM a\nRUN --¦", ["--mount", "--network", "--security", "--device"]],
  ["values of a flag", "FROM a\nRUN --network=¦", ["default", "none", "host"]],
  ["types of a mount", "FROM a\nRUN --mount=type=¦", ["bind", "cache", "tmpfs", "secret", "ssh"]],
  [
    "keys that a mount of the type takes",
    "FROM a\nRUN --mount=type=secret,dst=/x,¦",
    ["id", "mode", "uid", "gid", "env", "required"],
  ],
  [
    "stages for a mount, never by number",
    "FROM a\nFROM b AS c\nFROM d\nRUN --mount=from=¦",
    ["c", "a", "b", "d"],
  ],
  ["variables in scope", "ARG OUT=1\nFROM a\nARG V=2\nENV W=3\nRUN echo $¦\nENV LATER=1", ["V", "W"]],
  ["variables of a base stage", "FROM a AS b\nENV W=3\nFROM b\nRUN echo ${¦", ["W"]],
  ["nothing in the words of a command", "FROM a\nRUN echo ¦", []],
  ["nothing in a heredoc", "FROM a\nRUN <<EOF\n¦\nEOF\n", []],
  ["what is held back", "FROM a AS b\nFROM c\nONBUILD COPY --from=¦", ["b", "a", "c"]],
  [
    "on a line of its own in a continuation",
    "FROM a AS b\nFROM c\nCOPY \\\n  --from=¦ \\\n  x y",
    ["b", "a", "c"],
  ],
  ["directives at the top", "# ¦", ["syntax", "escape", "check"]],
  ["no directives further down", "FROM a\n# ¦", []],
];

describe("completion", () => {
  it.each(ALL)("%s", (_, text, expected) => expect(labels(text)).toEqual(expected));

  it("offers all instructions within a stage, in the file's casing", () => {
    expect(labels("FROM a\n¦")).toHaveLength(18);
    expect(labels("from a\nrun b\nc¦")).toContain("copy");
  });

  it("explains every flag that there is", () => {
    const explained = Object.fromEntries(
      Object.entries(EXPLAINED).map(([keyword, flags]) => [keyword, Object.keys(flags).sort()]),
    );
    const known = Object.fromEntries(
      Object.entries(FLAGS).map(([keyword, flags]) => [keyword, Object.keys(flags).sort()]),
    );
    expect(explained).toEqual(known);
  });

  it("replaces exactly the word in hand", () => {
    const { tree, offset } = marked("FROM a AS builder\nFROM b\nCOPY --from=bu¦ /a /b");
    const [first] = completionsAt(tree, offset);
    expect(first).toMatchObject({
      insert: "builder",
      range: { start: offset - 2, end: offset },
      detail: "FROM a",
    });
  });

  it("closes a brace that is open", () => {
    const open = marked("FROM a\nARG V=1\nRUN ${¦");
    expect(completionsAt(open.tree, open.offset)[0]?.insert).toBe("V}");
    const closed = marked("FROM a\nARG V=1\nRUN ${¦}");
    expect(completionsAt(closed.tree, closed.offset)[0]?.insert).toBe("V");
  });
});
