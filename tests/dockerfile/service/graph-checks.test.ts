import { describe, expect, it } from "vitest";
import { parseDockerfile } from "../../../lib/dockerfile";
import { checkGraph } from "../../../lib/dockerfile/service";

function notes(text: string): string[] {
  const tree = parseDockerfile(text);
  return checkGraph(tree).map(({ code, range }) => `${code} ${tree.lines.lineAt(range.start)}`);
}

const NOTES: [what: string, text: string, notes: string[]][] = [
  ["a stage nothing needs", "FROM a AS b\nFROM c\n", ["StageNotNeeded 1"]],
  [
    "not one that is needed by way of another",
    "FROM a AS b\nFROM b AS c\nFROM d\nCOPY --from=c /etc/x /",
    [],
  ],
  [
    "not one that is needed on another platform",
    "FROM x AS tools\nFROM a AS base-arm64\nCOPY --from=tools /etc/t /\nFROM b AS base-amd64\nFROM base-$TARGETARCH\n",
    [],
  ],
  ["not one that a build argument would name", "ARG V=1\nFROM a AS v1\nFROM b AS v2\nFROM v${V}\n", []],
  ["not the one before the last", "FROM a AS b\nFROM b AS test\n", []],
  [
    "a path nobody speaks of",
    "FROM a AS b\nRUN make\nFROM c\nCOPY --from=b /out/app /",
    ["CopyFromNowhere 4"],
  ],
  ["not one that a command names", "FROM a AS b\nRUN make -o /out/app\nFROM c\nCOPY --from=b /out/app /", []],
  [
    "not one below what a command names",
    "FROM a AS b\nRUN make DESTDIR=/out\nFROM c\nCOPY --from=b /out/bin/app /",
    [],
  ],
  ["not one in the stage's directory", "FROM a AS b\nWORKDIR /src\nFROM c\nCOPY --from=b /src/x /", []],
  ["not one that a base image may bring", "FROM a AS b\nFROM c\nCOPY --from=b /etc/x /", []],
  [
    "unless nothing could have brought it",
    "FROM scratch AS b\nCOPY x /x\nFROM c\nCOPY --from=b /etc/y /etc/z /",
    ["CopyFromNowhere 4", "CopyFromNowhere 4"],
  ],
  ["not what the context may hold", "FROM a AS b\nCOPY . .\nFROM c\nCOPY --from=b /out/x /", []],
  ["not of images", "FROM c\nCOPY --from=nginx /out/x /", []],
  ["a compiler that ships", "FROM golang:1.22\nRUN go build", ["BuildStageShips 1"]],
  ["by way of a stage", "FROM mcr.microsoft.com/dotnet/sdk:8.0 AS b\nFROM b\nRUN x", ["BuildStageShips 2"]],
  ["not a slim one", "FROM swift:5-slim\nRUN x", []],
  ["nothing where it is switched off", "# check=skip=StageNotNeeded\nFROM a AS b\nFROM c\n", []],
  ["nothing where a comment says so", "\n# check=skip=StageNotNeeded\nFROM a AS b\nFROM c\n", []],
  ["nothing of a text that is refused", "FROM a AS b\nFROM c\nENV\n", []],
];

describe("checks of the graph", () => {
  it.each(NOTES)("%s", (_, text, expected) => expect(notes(text)).toEqual(expected));
});
