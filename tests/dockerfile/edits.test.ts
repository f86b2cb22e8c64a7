import { describe, expect, it } from "vitest";
import { type DockerfileEdit, parseDockerfile, planEdit } from "../../lib/dockerfile";
import { applyEdits } from "../../lib/text";

function apply(source: string, edit: DockerfileEdit): string {
  const result = planEdit(parseDockerfile(source), edit);
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return applyEdits(source, result.edits);
}

const TWO = "FROM golang AS build\nRUN make\n\nFROM alpine\nCOPY --from=build /app /app\nCMD app\n";

type Row = [name: string, before: string, edit: DockerfileEdit, after: string];

const ROWS: Row[] = [
  // renameStage
  [
    "a name and its references",
    "FROM a AS x\nFROM x AS y\nCOPY --from=X . .\nRUN --mount=from=x,target=/m ls\nCOPY --from=0 . .\n",
    { type: "renameStage", stage: 0, name: "z" },
    "FROM a AS z\nFROM z AS y\nCOPY --from=z . .\nRUN --mount=from=z,target=/m ls\nCOPY --from=0 . .\n",
  ],
  [
    "quotes around a reference stay",
    'FROM a AS x\nFROM b\nCOPY --from=\'x\' . .\nCOPY --"from=x" . .\nCOPY --from=""x . .\n',
    { type: "renameStage", stage: 0, name: "z" },
    'FROM a AS z\nFROM b\nCOPY --from=\'z\' . .\nCOPY --"from=z" . .\nCOPY --from=""z . .\n',
  ],
  [
    "quotes that open or close inside a reference stay balanced",
    'FROM a AS xyz\nFROM b\nCOPY --from=x"yz" . .\nCOPY --"from=x"yz . .\n',
    { type: "renameStage", stage: 0, name: "w" },
    'FROM a AS w\nFROM b\nCOPY --from=w"" . .\nCOPY --"from=w" . .\n',
  ],
  [
    "a reference across a continuation",
    "FROM a AS base\nFROM b\nRUN --mount=type=bind,\\\n  # why\nfrom=ba\\\nse,target=/x ls\n",
    { type: "renameStage", stage: 0, name: "z" },
    "FROM a AS z\nFROM b\nRUN --mount=type=bind,\\\n  # why\nfrom=z,target=/x ls\n",
  ],
  [
    "a mount quoted as CSV",
    "FROM a AS x\nFROM b\nRUN --mount='type=bind,\"from=x\",target=/m' ls\n",
    { type: "renameStage", stage: 0, name: "z" },
    "FROM a AS z\nFROM b\nRUN --mount='type=bind,\"from=z\",target=/m' ls\n",
  ],
  [
    "what ONBUILD holds back",
    "FROM a AS x\nFROM b AS y\nONBUILD COPY --from=x . .\n",
    { type: "renameStage", stage: 0, name: "z" },
    "FROM a AS z\nFROM b AS y\nONBUILD COPY --from=z . .\n",
  ],
  [
    "neither a heredoc, a comment nor a shell word of that name",
    "FROM a AS x\n# x\nRUN <<EOF\nFROM x\nEOF\nRUN echo x\n",
    { type: "renameStage", stage: 0, name: "z" },
    "FROM a AS z\n# x\nRUN <<EOF\nFROM x\nEOF\nRUN echo x\n",
  ],
  [
    "an unnamed stage gets AS in the file's casing",
    "from a\r\nrun b\r\n",
    { type: "renameStage", stage: 0, name: "z" },
    "from a as z\r\nrun b\r\n",
  ],
  [
    "a name may be taken away where nothing needs it",
    "FROM a  AS  x\nRUN b\n",
    { type: "renameStage", stage: 0, name: "" },
    "FROM a\nRUN b\n",
  ],
  [
    "a stage may be called as its own image",
    "FROM golang\n",
    { type: "renameStage", stage: 0, name: "golang" },
    "FROM golang AS golang\n",
  ],
  // addStage
  ["the first stage", "", { type: "addStage", base: "alpine", name: "x" }, "FROM alpine AS x\n"],
  [
    "the first stage behind global ARGs",
    "ARG V=1",
    { type: "addStage", base: "alpine:$V" },
    "ARG V=1\n\nFROM alpine:$V\n",
  ],
  [
    "at the end, parted as stages are here",
    TWO,
    { type: "addStage", base: "build", name: "test" },
    `${TWO.slice(0, -1)}\n\nFROM build AS test\n`,
  ],
  [
    "in the middle, numbers following",
    "from a\nrun b\nfrom c\ncopy --from=0 x y\nfrom d\ncopy --from=1 x y\n",
    { type: "addStage", base: "e", name: "n", after: 0 },
    "from a\nrun b\nfrom e as n\nfrom c\ncopy --from=0 x y\nfrom d\ncopy --from=2 x y\n",
  ],
  [
    "before the first, behind the directive",
    "# syntax=docker/dockerfile:1\nFROM a\n",
    { type: "addStage", base: "b", name: "n", after: -1 },
    "# syntax=docker/dockerfile:1\nFROM b AS n\n\nFROM a\n",
  ],
  [
    "in the file's line ending, without a last one",
    "FROM a\r\nRUN b",
    { type: "addStage", base: "c" },
    "FROM a\r\nRUN b\r\n\r\nFROM c",
  ],
  // removeStage
  [
    "a stage nothing needs, with its comment",
    "FROM a AS x\n\n# about y\nFROM b AS y\nRUN c\n\n# about z\nFROM d AS z\n",
    { type: "removeStage", stage: 1 },
    "FROM a AS x\n\n# about z\nFROM d AS z\n",
  ],
  [
    "a stage others need",
    "FROM golang AS x\nRUN a\n\nFROM x AS y\n\nFROM b\n# take it\nCOPY --from=x . .\nRUN --mount=from=x,target=/m \\\n    ls\nCOPY --from=1 . .\n",
    { type: "removeStage", stage: 0 },
    "FROM golang AS y\n\nFROM b\n# take it\nRUN \\\n    ls\nCOPY --from=y . .\n",
  ],
  ["the last stage", TWO, { type: "removeStage", stage: 1 }, "FROM golang AS build\nRUN make\n"],
  // moveStage
  [
    "down",
    "FROM a AS x\n\n# about y\nFROM b AS y\nRUN c\n",
    { type: "moveStage", stage: 0, to: 1 },
    "# about y\nFROM b AS y\nRUN c\n\nFROM a AS x\n",
  ],
  [
    "up, from the end of a file without a last line break",
    "FROM a AS x\n\nFROM b AS y\nRUN c",
    { type: "moveStage", stage: 1, to: 0 },
    "FROM b AS y\nRUN c\n\nFROM a AS x",
  ],
  [
    "numbers become names, or the new number",
    "FROM a AS x\nFROM b\nFROM c\nCOPY --from=0 . .\nCOPY --from=1 . .\n",
    { type: "moveStage", stage: 0, to: 1 },
    "FROM b\nFROM a AS x\nFROM c\nCOPY --from=x . .\nCOPY --from=0 . .\n",
  ],
  // duplicateStage
  [
    "a copy behind it",
    TWO,
    { type: "duplicateStage", stage: 0, name: "again" },
    "FROM golang AS build\nRUN make\n\nFROM golang AS again\nRUN make\n\nFROM alpine\nCOPY --from=build /app /app\nCMD app\n",
  ],
  // setBase
  [
    "an image",
    "FROM --platform=linux/arm64 a AS x\n",
    { type: "setBase", stage: 0, base: { kind: "image", ref: "b:1@sha256:00" } },
    "FROM --platform=linux/arm64 b:1@sha256:00 AS x\n",
  ],
  [
    "a stage",
    TWO,
    { type: "setBase", stage: 1, base: { kind: "stage", index: 0 } },
    TWO.replace("FROM alpine", "FROM build"),
  ],
  [
    "a stage without a name gets one",
    "FROM a\nFROM b\n",
    { type: "setBase", stage: 1, base: { kind: "stage", index: 0 } },
    "FROM a AS stage-0\nFROM stage-0\n",
  ],
  [
    "scratch",
    "FROM a\n",
    { type: "setBase", stage: 0, base: { kind: "image", ref: "scratch" } },
    "FROM scratch\n",
  ],
  // setPlatform
  [
    "a platform",
    "FROM a AS x\n",
    { type: "setPlatform", stage: 0, platform: "linux/arm64" },
    "FROM --platform=linux/arm64 a AS x\n",
  ],
  [
    "another platform",
    "FROM --platform=$BUILDPLATFORM a\n",
    { type: "setPlatform", stage: 0, platform: "$TARGETPLATFORM" },
    "FROM --platform=$TARGETPLATFORM a\n",
  ],
  [
    "no platform",
    "FROM --platform=linux/amd64  a\n",
    { type: "setPlatform", stage: 0, platform: null },
    "FROM a\n",
  ],
  // addCopy
  [
    "before what says how the image runs",
    TWO,
    {
      type: "addCopy",
      stage: 1,
      from: { kind: "stage", index: 0 },
      sources: ["/etc/x"],
      destination: "/etc/x",
    },
    TWO.replace("CMD", "COPY --from=build /etc/x /etc/x\nCMD"),
  ],
  [
    "in the neighbour's casing and indentation, by number, and as JSON where a path has a space",
    "from a\r\n  from b\r\n  user c",
    {
      type: "addCopy",
      stage: 1,
      from: { kind: "stage", index: 0 },
      sources: ["/x y", "/z"],
      destination: "/d",
    },
    'from a\r\n  from b\r\n  copy --from=0 ["/x y", "/z", "/d/"]\r\n  user c',
  ],
  [
    "from an image, at a place",
    TWO,
    {
      type: "addCopy",
      stage: 1,
      from: { kind: "image", ref: "nginx:1" },
      sources: ["/n"],
      destination: "/n",
      at: 1,
    },
    TWO.replace("alpine\n", "alpine\nCOPY --from=nginx:1 /n /n\n"),
  ],
  [
    "behind a heredoc",
    "FROM a AS x\nFROM b\nRUN <<E\nls\nE\n",
    { type: "addCopy", stage: 1, from: { kind: "stage", index: 0 }, sources: ["/n"], destination: "/n" },
    "FROM a AS x\nFROM b\nRUN <<E\nls\nE\nCOPY --from=x /n /n\n",
  ],
  // setCopyPaths
  [
    "one word of several",
    "FROM a\nCOPY --chmod=1 a \\\n  # b\n  b /c/\n",
    { type: "setCopyPaths", stage: 0, instruction: 1, sources: ["a", "x"], destination: "/c/" },
    "FROM a\nCOPY --chmod=1 a \\\n  # b\n  x /c/\n",
  ],
  [
    "more words",
    "FROM a\nCOPY a /c\n",
    { type: "setCopyPaths", stage: 0, instruction: 1, sources: ["a", "b"], destination: "/c/" },
    "FROM a\nCOPY a b /c/\n",
  ],
  [
    "the JSON form stays one",
    'FROM a\nCOPY [ "a","b" ]\n',
    { type: "setCopyPaths", stage: 0, instruction: 1, sources: ["a"], destination: 'c"d' },
    'FROM a\nCOPY [ "a","c\\"d" ]\n',
  ],
  // instructions
  [
    "remove one, its comment stays",
    "FROM a\n# about b\nRUN b \\\n  b\nRUN c\n",
    { type: "removeInstruction", stage: 0, instruction: 1 },
    "FROM a\n# about b\nRUN c\n",
  ],
  ["remove the last", "FROM a\r\nRUN b", { type: "removeInstruction", stage: 0, instruction: 1 }, "FROM a"],
  [
    "insert one of several lines",
    "FROM a\r\n\tRUN b\r\n",
    { type: "insertInstruction", stage: 0, at: 2, text: "RUN <<E\nls\nE\n" },
    "FROM a\r\n\tRUN b\r\n\tRUN <<E\r\nls\r\nE\r\n",
  ],
  [
    "replace one",
    "FROM a\nRUN b \\\n  c\nRUN d\n",
    { type: "replaceInstruction", stage: 0, instruction: 1, text: "WORKDIR /x" },
    "FROM a\nWORKDIR /x\nRUN d\n",
  ],
  [
    "move one with its comment",
    "FROM a\n# b\nRUN b\nRUN c\nFROM d\nRUN e\n",
    { type: "moveInstruction", from: { stage: 0, instruction: 1 }, to: { stage: 1, at: 2 } },
    "FROM a\nRUN c\nFROM d\nRUN e\n# b\nRUN b\n",
  ],
  [
    "move one within its stage",
    "FROM a\nRUN b\nRUN c\n",
    { type: "moveInstruction", from: { stage: 0, instruction: 2 }, to: { stage: 0, at: 1 } },
    "FROM a\nRUN c\nRUN b\n",
  ],
  // retargetReference
  [
    "a COPY at a stage",
    "FROM a AS x\nFROM b\nFROM c\nCOPY --from=x . .\n",
    { type: "retargetReference", stage: 2, instruction: 1, reference: 0, to: { kind: "stage", index: 1 } },
    "FROM a AS x\nFROM b\nFROM c\nCOPY --from=1 . .\n",
  ],
  [
    "the second mount at a stage that gets a name",
    "FROM a AS x\nFROM b\nFROM c\nRUN --mount=from=x,target=/x --mount=from=x,target=/y ls\n",
    { type: "retargetReference", stage: 2, instruction: 1, reference: 1, to: { kind: "stage", index: 1 } },
    "FROM a AS x\nFROM b AS stage-1\nFROM c\nRUN --mount=from=x,target=/x --mount=from=stage-1,target=/y ls\n",
  ],
];

const REFUSALS: [name: string, before: string, edit: DockerfileEdit, reason: string][] = [
  ["a name that is none", "FROM a\n", { type: "renameStage", stage: 0, name: "1x" }, "cannot name a stage"],
  [
    "a name that is taken",
    "FROM a AS x\nFROM b\n",
    { type: "renameStage", stage: 1, name: "X" },
    'already called "x"',
  ],
  ["a reserved name", "FROM a\n", { type: "renameStage", stage: 0, name: "scratch" }, "a meaning of its own"],
  [
    "a name that is an image's",
    "FROM a\nFROM b\n",
    { type: "renameStage", stage: 0, name: "b" },
    "Line 2 takes the image",
  ],
  [
    "a name others need",
    "FROM a AS x\nFROM x\n",
    { type: "renameStage", stage: 0, name: "" },
    "Line 2 refers",
  ],
  ["the only stage", "FROM a\n", { type: "removeStage", stage: 0 }, "at least one stage"],
  ["a stage before what it needs", TWO, { type: "moveStage", stage: 1, to: 0 }, "has to stay before it"],
  ["a circle", TWO, { type: "setBase", stage: 0, base: { kind: "stage", index: 1 } }, "in a circle"],
  [
    "itself",
    TWO,
    { type: "addCopy", stage: 1, from: { kind: "stage", index: 1 }, sources: ["a"], destination: "b" },
    "itself",
  ],
  ["no platform", TWO, { type: "setPlatform", stage: 0, platform: "toaster" }, "no platform"],
  [
    "a variable in --from",
    TWO,
    { type: "addCopy", stage: 1, from: { kind: "image", ref: "$X" }, sources: ["a"], destination: "b" },
    "not expanded",
  ],
  [
    "an image called as a stage",
    TWO,
    { type: "addCopy", stage: 1, from: { kind: "image", ref: "BUILD" }, sources: ["a"], destination: "b" },
    "name of stage 0",
  ],
  [
    "an image that reads as a number",
    TWO,
    { type: "addCopy", stage: 1, from: { kind: "image", ref: "0" }, sources: ["a"], destination: "b" },
    "number of a stage",
  ],
  [
    "two instructions",
    TWO,
    { type: "insertInstruction", stage: 0, at: 1, text: "RUN a\nRUN b" },
    "more than one",
  ],
  [
    "a FROM among instructions",
    TWO,
    { type: "insertInstruction", stage: 0, at: 1, text: "FROM x" },
    "add a stage",
  ],
  [
    "an instruction BuildKit refuses",
    TWO,
    { type: "insertInstruction", stage: 0, at: 1, text: "RNU x" },
    "did you mean RUN?",
  ],
  [
    "a continuation that swallows what follows",
    TWO,
    { type: "insertInstruction", stage: 0, at: 1, text: "RUN x \\" },
    "read otherwise",
  ],
  ["removing a FROM", TWO, { type: "removeInstruction", stage: 0, instruction: 0 }, "remove the stage"],
  [
    "a COPY into the stage it copies from",
    TWO,
    { type: "moveInstruction", from: { stage: 1, instruction: 1 }, to: { stage: 0, at: 1 } },
    "itself",
  ],
  ["a stage that is not there", TWO, { type: "duplicateStage", stage: 7, name: "x" }, "no such stage"],
];

describe("planEdit", () => {
  it.each(ROWS)("%s", (_, before, edit, after) => {
    expect(apply(before, edit)).toBe(after);
  });

  it.each(REFUSALS)("refuses %s", (_, before, edit, reason) => {
    const result = planEdit(parseDockerfile(before), edit);
    expect(result).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  it("offers to move a stage up where that is what is missing", () => {
    const tree = parseDockerfile("FROM a AS x\nFROM b AS y\n");
    const result = planEdit(tree, { type: "setBase", stage: 0, base: { kind: "stage", index: 1 } });
    expect(result).toMatchObject({ ok: false, remedy: { type: "moveStage", stage: 1, to: 0 } });
  });

  it("says what else changes", () => {
    const tree = parseDockerfile("FROM a AS x\nFROM b\nCOPY --from=x /p /q\n");
    const result = planEdit(tree, { type: "removeStage", stage: 0 });
    expect(result).toMatchObject({ ok: true, notes: ["Stage 1 no longer copies /p (line 3)."] });
  });

  it("selects what it made", () => {
    const tree = parseDockerfile(TWO);
    expect(planEdit(tree, { type: "addStage", base: "x" })).toMatchObject({ select: { stage: 2 } });
    expect(
      planEdit(tree, {
        type: "addCopy",
        stage: 1,
        from: { kind: "stage", index: 0 },
        sources: ["a"],
        destination: "b",
      }),
    ).toMatchObject({ select: { stage: 1, instruction: 2 } });
  });
});
