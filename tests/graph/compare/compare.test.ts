import { describe, expect, it, test } from "vitest";
import { parseDockerfile } from "@/lib/dockerfile";
import { changesOf } from "@/lib/graph/compare/changes";
import { compareDockerfiles } from "@/lib/graph/compare/compare";
import type { Comparison } from "@/lib/graph/compare/types";

const compare = (before: string, after: string) =>
  compareDockerfiles(parseDockerfile(before), parseDockerfile(after));

const SIGNS = { same: " ", added: "+", removed: "-", changed: "~", moved: "^" };

/** A line a stage, a row, an image and an edge that is not the same; as a person would read it. */
function picture({ top, stages, images, edges }: Comparison): string[] {
  const labels = new Map(stages.map(({ id, before, after }) => [id, (after ?? before)!.label]));
  const called = (id: string) => labels.get(id) ?? id.replace("image:", "");
  return [
    ...top.map(
      ({ mark, before, after }) => `${SIGNS[mark]} ${[before, after].map((line) => line?.text).join(" | ")}`,
    ),
    ...stages.flatMap(({ id, mark, head, rows }) => [
      `${SIGNS[mark]} ${called(id)}${head.length > 0 ? ` (${head.join(", ")})` : ""}`,
      ...rows.map((row) => {
        const { keyword, text } = (row.after ?? row.before)!;
        const where =
          row.elsewhere === null ? "" : `${row.after ? " from " : " to "}${called(row.elsewhere)}`;
        return `  ${SIGNS[row.mark]} ${keyword} ${text}${where}`;
      }),
    ]),
    ...images.filter(({ mark }) => mark !== "same").map(({ mark, ref }) => `${SIGNS[mark]} ${ref}`),
    ...edges
      .filter(({ mark }) => mark !== "same")
      .map(
        ({ mark, kind, source, target }) => `${SIGNS[mark]} ${kind} ${called(source)} > ${called(target)}`,
      ),
  ];
}

const ONE = "FROM golang:1.19\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD /app\n";
const TWO =
  "FROM golang:1.19 AS builder\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM alpine:3.20\nCOPY --from=builder /app /app\nCMD /app\n";

describe("what became of a Dockerfile", () => {
  test.each<{ what: string; before: string; after: string; shows: string[] }>([
    {
      what: "nothing",
      before: TWO,
      after: TWO,
      shows: [
        "  builder",
        "    WORKDIR /src",
        "    COPY . .",
        "    RUN go build -o /app .",
        "  stage-1",
        "    COPY --from=builder /app /app",
        "    CMD /app",
      ],
    },
    {
      what: "line breaks and comments only",
      before: "FROM a\nRUN x && \\\n  y\n",
      after: "# note\nFROM a\nRUN  x && y\n",
      shows: ["  stage-0", "    RUN x && y"],
    },
    {
      what: "one stage became two",
      before: ONE,
      after: TWO,
      shows: [
        "~ builder (name, final)",
        "    WORKDIR /src",
        "    COPY . .",
        "    RUN go build -o /app .",
        "  ^ CMD /app to stage-1",
        "+ stage-1",
        "  + COPY --from=builder /app /app",
        "  ^ CMD /app from builder",
        "+ alpine:3.20",
        "+ from alpine:3.20 > stage-1",
        "+ copy builder > stage-1",
      ],
    },
    {
      what: "a stage renamed, with what names it",
      before: "FROM a AS one\nRUN x\nFROM b\nCOPY --from=one /x /x\n",
      after: "FROM a AS first\nRUN x\nFROM b\nCOPY --from=first /x /x\n",
      shows: ["~ first (name)", "    RUN x", "~ stage-1", "  ~ COPY --from=first /x /x"],
    },
    {
      what: "a stage renamed, its one instruction changed",
      before: "FROM a AS one\nRUN x\nFROM one AS two\n",
      after: "FROM a AS first\nRUN y\nFROM first AS two\n",
      shows: ["~ first (name)", "  - RUN x", "  + RUN y", "~ two (base)"],
    },
    {
      what: "a nameless stage that was named, on another tag of its image",
      before: "FROM a:1\nCOPY . .\nWORKDIR /x\nRUN make\nCMD x\n",
      after: "FROM a:2 AS one\nWORKDIR /x\nCOPY . .\nRUN make\nFROM b\nCOPY --from=one /x /x\n",
      shows: [
        "~ one (name, base, final)",
        "    WORKDIR /x",
        "  ^ COPY . .",
        "    RUN make",
        "  - CMD x",
        "+ stage-1",
        "  + COPY --from=one /x /x",
        "+ a:2",
        "+ b",
        "- a:1",
        "- from a:1 > one",
        "+ from a:2 > one",
        "+ from b > stage-1",
        "+ copy one > stage-1",
      ],
    },
    {
      what: "a base, a platform and a description",
      before: "FROM golang:1.19 AS b\nRUN x\n",
      after: "# b builds\nFROM --platform=linux/arm64 golang:1.27 AS b\nRUN x\n",
      shows: [
        "~ b (base, platform, comment)",
        "    RUN x",
        "+ golang:1.27",
        "- golang:1.19",
        "- from golang:1.19 > b",
        "+ from golang:1.27 > b",
      ],
    },
    {
      what: "an instruction moved within its stage",
      before: "FROM a\nCOPY . .\nRUN install\nRUN build\n",
      after: "FROM a\nRUN install\nCOPY . .\nRUN build\n",
      shows: ["~ stage-0", "    RUN install", "  ^ COPY . .", "    RUN build"],
    },
    {
      what: "instructions changed, added and removed side by side",
      before: "FROM a\nRUN npm install\nENV A=1\nUSER root\n",
      after: "FROM a\nRUN npm ci\nENV B=1\nUSER app\n",
      shows: ["~ stage-0", "  ~ RUN npm ci", "  - ENV A=1", "  + ENV B=1", "  ~ USER app"],
    },
    {
      what: "the body of a heredoc",
      before: "FROM a\nRUN <<EOF\none\nEOF\n",
      after: "FROM a\nRUN <<EOF\ntwo\nEOF\n",
      shows: ["~ stage-0", "  ~ RUN <<EOF"],
    },
    {
      what: "a stage removed and one put elsewhere",
      before: "FROM a AS one\nRUN 1\nFROM b AS two\nRUN 2\nFROM c AS three\nRUN 3\n",
      after: "FROM c AS three\nRUN 3\nFROM a AS one\nRUN 1\n",
      shows: [
        "~ three (final)",
        "    RUN 3",
        "~ one (final, order)",
        "    RUN 1",
        "- two",
        "  - RUN 2",
        "- b",
        "- from b > two",
      ],
    },
    {
      what: "paths of a copy",
      before: "FROM a AS one\nFROM b\nCOPY --from=one /x /y\n",
      after: "FROM a AS one\nFROM b\nCOPY --from=one /x /z\n",
      shows: ["  one", "~ stage-1", "  ~ COPY --from=one /x /z", "~ copy one > stage-1"],
    },
    {
      what: "a global ARG and a directive",
      before: "# syntax=docker/dockerfile:1\nARG GO=1.19\nARG OLD\nFROM a\n",
      after: "ARG GO=1.27\nFROM a\n",
      shows: ["- docker/dockerfile:1 | ", "~ GO=1.19 | GO=1.27", "- OLD | ", "  stage-0"],
    },
    {
      what: "everything",
      before: "",
      after: "FROM a\nRUN x\n",
      shows: ["+ stage-0", "  + RUN x", "+ a", "+ from a > stage-0"],
    },
  ])("$what", ({ before, after, shows }) => {
    expect(picture(compare(before, after))).toEqual(shows);
  });

  it("says so where the same words come to mean another stage", () => {
    const before = "FROM a AS one\nRUN 1\nFROM c\nCOPY --from=0 /x /x\n";
    const found = changesOf(compare(before, `FROM z AS zero\nRUN 0\n${before}`));
    expect(found.map(({ what, was, is }) => [what, was, is])).toEqual([
      ["Stage zero", null, "FROM z"],
      ["COPY in stage-2, by the same words", "from one", "from zero"],
      ["Image z", null, null],
    ]);
  });
});

describe("the list of changes", () => {
  it("says each once, in the order of the later version, with the lines of both", () => {
    const found = changesOf(compare(ONE, TWO));
    expect(found.map(({ mark, what, was, is }) => [mark, what, was, is])).toEqual([
      ["changed", "Name of builder", "stage-0", "builder"],
      ["changed", "Place of builder", "the last stage", "not the last stage"],
      ["added", "Stage stage-1", null, "FROM alpine:3.20"],
      ["moved", "CMD in stage-1, from builder", null, "CMD /app"],
      ["added", "Image alpine:3.20", null, null],
    ]);
    expect(found[3]).toMatchObject({ node: "a1", row: 1, before: null, after: { from: 7, to: 7 } });
  });
});
