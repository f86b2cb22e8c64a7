import { expect, it } from "vitest";
import { parseDockerfile, planEdit } from "../../lib/dockerfile";
import { type EditRow, TWO, tryEdits } from "./edit-rows";

const ROWS: EditRow[] = [
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
  [
    "what was copied from it is gone, and told",
    "FROM a AS x\nFROM b\nCOPY --from=x /p /q\n",
    { type: "removeStage", stage: 0 },
    "FROM b\n",
    ["Stage 1 no longer copies /p (line 3)."],
  ],
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
  // extractStage
  [
    "extracted right behind FROM: one new stage on the same base",
    "FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nCMD /app\n",
    { type: "extractStage", stage: 0, from: 1, to: 4, name: "build" },
    "FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n\nFROM golang:1.22\nCOPY --from=build /src /src\nCOPY --from=build /app /app\nCMD /app\n",
    [
      'WORKDIR on line 2 now holds for "build" only.',
      'Of what "build" makes, /src, /app is copied over; anything else stays there.',
    ],
  ],
  [
    "extracted from the middle: what stands before becomes a stage below both",
    "# the app\nfrom --platform=linux/amd64 node as app\nworkdir /w\n# make it\nrun npm ci\ncmd x\n\nfrom app\ncopy --from=0 /w /w\n",
    { type: "extractStage", stage: 0, from: 2, to: 3, name: "deps" },
    "from --platform=linux/amd64 node as deps-base\nworkdir /w\n\nfrom deps-base as deps\n# make it\nrun npm ci\n\n# the app\nfrom deps-base as app\ncopy --from=deps /w /w\ncmd x\n\nfrom app\ncopy --from=app /w /w\n",
    [
      'What stands before it is now stage "deps-base", on which "app" and "deps" are built.',
      'Of what "deps" makes, /w is copied over; anything else stays there.',
      "--from=0 on line 9 becomes --from=app.",
    ],
  ],
  [
    "extracted with paths given",
    "FROM a\nRUN x\nRUN y",
    { type: "extractStage", stage: 0, from: 1, to: 2, name: "n", paths: ["/p q"] },
    'FROM a AS n\nRUN x\n\nFROM a\nCOPY --from=n ["/p q", "/p q"]\nRUN y',
  ],
  [
    "extracted where no path is seen",
    "FROM a\r\nRUN x\r\nRUN y\r\n",
    { type: "extractStage", stage: 0, from: 1, to: 2, name: "n" },
    "FROM a AS n\r\nRUN x\r\n\r\nFROM a\r\nRUN y\r\n",
    ['No path is seen that "n" makes; copy from it what the rest needs.'],
  ],
  // inlineStage
  [
    "inlined into the stage built on it",
    "FROM alpine AS base\nRUN a\n# why\nRUN b\n\nFROM base AS app\nRUN c\n",
    { type: "inlineStage", stage: 0 },
    "FROM alpine AS app\nRUN a\n# why\nRUN b\nRUN c\n",
  ],
  [
    "inlined into several, with its platform and numbers that move",
    "FROM x\nFROM --platform=linux/arm64 y AS base\nCOPY --from=0 /a /b\nFROM base AS one\nFROM base\nCOPY --from=2 /c /d\n",
    { type: "inlineStage", stage: 1 },
    "FROM x\nFROM --platform=linux/arm64 y AS one\nCOPY --from=0 /a /b\nFROM --platform=linux/arm64 y\nCOPY --from=0 /a /b\nCOPY --from=one /c /d\n",
    ["--from=2 on line 6 becomes --from=one.", 'Its instructions now stand in "one", stage 3.'],
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
];

tryEdits("edits of stages", ROWS);

it("selects what it made", () => {
  const tree = parseDockerfile(TWO);
  const from = { kind: "stage", index: 0 } as const;
  expect(planEdit(tree, { type: "addStage", base: "x" })).toMatchObject({ select: { stage: 2 } });
  expect(planEdit(tree, { type: "addCopy", stage: 1, from, sources: ["a"], destination: "b" })).toMatchObject(
    { select: { stage: 1, instruction: 2 } },
  );
});
