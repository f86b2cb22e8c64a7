import { describe, expect, it } from "vitest";
import { type DockerfileEdit, parseDockerfile, planEdit } from "../../lib/dockerfile";
import { applyEdits } from "../../lib/text";

function attempt(before: string, edit: DockerfileEdit) {
  const result = planEdit(parseDockerfile(before), edit);
  return result.ok ? { after: applyEdits(before, result.edits), notes: result.notes } : result;
}

type Row = [name: string, before: string, edit: DockerfileEdit, after: string, notes?: string[]];

const ROWS: Row[] = [
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
  // nameReferences
  [
    "every number becomes a name",
    "FROM a AS x\nFROM b\nFROM c\nCOPY --from=0 . .\nCOPY --from=1 . .\nCOPY --from='1' . .\n",
    { type: "nameReferences" },
    "FROM a AS x\nFROM b AS stage-1\nFROM c\nCOPY --from=x . .\nCOPY --from=stage-1 . .\nCOPY --from='stage-1' . .\n",
    ['Stage 1 had no name to refer to and is now called "stage-1".'],
  ],
  [
    "one number becomes a name",
    "FROM a AS x\nFROM c\nCOPY --from=0 . .\nCOPY --from=0 . .\n",
    { type: "nameReferences", at: { stage: 1, instruction: 2 } },
    "FROM a AS x\nFROM c\nCOPY --from=0 . .\nCOPY --from=x . .\n",
  ],
  // setFlag
  [
    "a flag behind the others",
    "FROM a\nCOPY --link x y\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "chown", value: "1:1" },
    "FROM a\nCOPY --link --chown=1:1 x y\n",
  ],
  [
    "a bare flag before a JSON form",
    'FROM a\nCOPY ["x", "y"]\n',
    { type: "setFlag", stage: 0, instruction: 1, flag: "link", value: "" },
    'FROM a\nCOPY --link ["x", "y"]\n',
  ],
  [
    "another value",
    "FROM a\nRUN --network='none' x\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "network", value: "host" },
    "FROM a\nRUN --network=host x\n",
  ],
  [
    "no flag",
    "FROM a\nCOPY --link \\\n  --chown=1 \\\n  x y\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "chown", value: null },
    "FROM a\nCOPY --link \\\n  x y\n",
  ],
  [
    "a value with a space is quoted",
    "FROM a\nCOPY x y\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "exclude", value: "a b" },
    'FROM a\nCOPY --exclude="a b" x y\n',
  ],
  // setDirective
  [
    "syntax goes first, behind a byte order mark",
    "\ufeff# check=skip=all\nFROM a\n",
    { type: "setDirective", name: "syntax", value: "docker/dockerfile:1" },
    "\ufeff# syntax=docker/dockerfile:1\n# check=skip=all\nFROM a\n",
  ],
  [
    "others go behind those there are",
    "# syntax=docker/dockerfile:1\r\n# a comment\r\nFROM a\r\n",
    { type: "setDirective", name: "check", value: "error=true" },
    "# syntax=docker/dockerfile:1\r\n# check=error=true\r\n# a comment\r\nFROM a\r\n",
  ],
  [
    "another value keeps the spacing",
    "#  Syntax = x\nFROM a\n",
    { type: "setDirective", name: "syntax", value: "y" },
    "#  Syntax = y\nFROM a\n",
  ],
  [
    "taken away",
    "# syntax=x\n# escape=`\nFROM a\n",
    { type: "setDirective", name: "escape", value: null },
    "# syntax=x\nFROM a\n",
  ],
  // mounts
  [
    "a cache",
    "FROM a\nRUN --network=none x\n",
    {
      type: "addMount",
      stage: 0,
      instruction: 1,
      options: [
        ["type", "cache"],
        ["target", "/c"],
      ],
    },
    "FROM a\nRUN --network=none --mount=type=cache,target=/c x\n",
  ],
  [
    "a mount of a stage that gets a name for it",
    "FROM a\nFROM b\nRUN x\n",
    {
      type: "addMount",
      stage: 1,
      instruction: 1,
      options: [["target", "/c"]],
      from: { kind: "stage", index: 0 },
    },
    "FROM a AS stage-0\nFROM b\nRUN --mount=target=/c,from=stage-0 x\n",
    ['Stage 0 had no name to refer to and is now called "stage-0".'],
  ],
  [
    "a mount taken away with its line",
    "FROM a AS x\nFROM b\nRUN --mount=type=cache,target=/c \\\n    --mount=from=x,target=/m \\\n    ls\n",
    { type: "removeMount", stage: 1, instruction: 1, mount: 1 },
    "FROM a AS x\nFROM b\nRUN --mount=type=cache,target=/c \\\n    ls\n",
    ["The command no longer sees files of x at /m."],
  ],
  // commentOut
  [
    "every line of an instruction",
    "FROM a\n  RUN x \\\n    # why\n\n    y\nRUN <<EOF\none\n\nEOF\nCMD z\n",
    { type: "commentOut", stage: 0, instruction: 1 },
    "FROM a\n  # RUN x \\\n  #   # why\n\n  #   y\nRUN <<EOF\none\n\nEOF\nCMD z\n",
  ],
  [
    "a heredoc with its body",
    "FROM a\r\nRUN <<EOF\r\none\r\n\r\nEOF\r\nCMD z\r\n",
    { type: "commentOut", stage: 0, instruction: 1 },
    "FROM a\r\n# RUN <<EOF\r\n# one\r\n\r\n# EOF\r\nCMD z\r\n",
  ],
  // uncomment
  [
    "the instruction among comments, with its continuation",
    "FROM a\n# why\n#RUN x \\\n# # this\n#   y\n# and why not\nCMD z\n",
    { type: "uncomment", stage: 0, line: 3 },
    "FROM a\n# why\nRUN x \\\n# this\n  y\n# and why not\nCMD z\n",
  ],
  [
    "a heredoc with its body",
    "FROM a\r\n# RUN <<EOF\r\n# one\r\n\r\n# EOF\r\nCMD z\r\n",
    { type: "uncomment", stage: 0, line: 2 },
    "FROM a\r\nRUN <<EOF\r\none\r\n\r\nEOF\r\nCMD z\r\n",
  ],
  [
    "one that stands behind the last",
    "FROM a AS x\nFROM b\n# COPY --from=x a b",
    { type: "uncomment", stage: 1, line: 3 },
    "FROM a AS x\nFROM b\nCOPY --from=x a b",
  ],
];

const REFUSED: [name: string, before: string, edit: DockerfileEdit, reason: RegExp][] = [
  [
    "prose",
    "FROM a\n# Run this with care\nCMD z\n",
    { type: "uncomment", stage: 0, line: 2 },
    /does not read as an instruction/,
  ],
  [
    "a commented instruction that BuildKit would not take",
    "FROM a\n# COPY x\nCMD z\n",
    { type: "uncomment", stage: 0, line: 2 },
    /does not read as an instruction/,
  ],
  [
    "a stage that begins in a comment",
    "FROM a\n# FROM b\nCMD z\n",
    { type: "uncomment", stage: 0, line: 2 },
    /does not read as an instruction/,
  ],
  [
    "nothing left of a stage",
    "FROM a\nRUN x\n",
    { type: "extractStage", stage: 0, from: 1, to: 2, name: "n" },
    /Nothing would be left/,
  ],
  [
    "a name that is taken",
    "FROM a AS n\nRUN x\nRUN y\n",
    { type: "extractStage", stage: 0, from: 1, to: 2, name: "n" },
    /already called "n"/,
  ],
  [
    "a stage that files are taken from",
    "FROM a AS x\nFROM x\nFROM b\nCOPY --from=x . .\n",
    { type: "inlineStage", stage: 0 },
    /Line 4 takes files from "x"/,
  ],
  [
    "a stage nothing is built on",
    "FROM a AS x\nFROM b\n",
    { type: "inlineStage", stage: 0 },
    /No stage is built on/,
  ],
  [
    "another platform",
    "FROM a AS x\nFROM --platform=linux/arm64 x AS y\n",
    { type: "inlineStage", stage: 0 },
    /"y" has a platform of its own/,
  ],
  [
    "ONBUILD",
    "FROM a AS x\nONBUILD RUN y\nFROM x\n",
    { type: "inlineStage", stage: 0 },
    /ONBUILD instructions are run by/,
  ],
  ["no numbers", "FROM a\n", { type: "nameReferences" }, /No COPY names a stage by its number/],
  [
    "a flag that the instruction has not",
    "FROM a\nRUN x\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "link", value: "" },
    /BuildKit would not take it: unknown flag: --link/,
  ],
  [
    "a source as a flag",
    "FROM a\nCOPY x y\n",
    { type: "setFlag", stage: 0, instruction: 1, flag: "from", value: "b" },
    /pointing it somewhere else/,
  ],
  [
    "an escape token that the file does not go by",
    "FROM a\nRUN x \\\n  y\n",
    { type: "setDirective", name: "escape", value: "`" },
    /instructions would be read otherwise/,
  ],
  [
    "taking away the escape token that the file goes by",
    "# escape=`\nFROM a\nRUN x `\n  y\n",
    { type: "setDirective", name: "escape", value: null },
    /instructions would be read otherwise/,
  ],
  [
    "a mount of nothing that is known",
    "FROM a\nRUN x\n",
    { type: "addMount", stage: 0, instruction: 1, options: [["type", "what"]] },
    /type is one of bind, cache/,
  ],
  [
    "a mount of a COPY",
    "FROM a\nCOPY x y\n",
    { type: "addMount", stage: 0, instruction: 1, options: [["type", "tmpfs"]] },
    /Only RUN/,
  ],
  [
    "a FROM commented out",
    "FROM a\n",
    { type: "commentOut", stage: 0, instruction: 0 },
    /FROM begins the stage/,
  ],
];

describe("edits of structure", () => {
  it.each(ROWS)("%s", (_name, before, edit, after, notes) => {
    const result = attempt(before, edit);
    expect(result).toMatchObject({ after });
    if (notes !== undefined) expect(result).toMatchObject({ notes });
  });

  it.each(REFUSED)("refuse %s", (_name, before, edit, reason) => {
    expect(attempt(before, edit)).toMatchObject({ ok: false, reason: expect.stringMatching(reason) });
  });
});
