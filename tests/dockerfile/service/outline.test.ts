import { describe, expect, it } from "vitest";
import { parseDockerfile } from "../../../lib/dockerfile";
import { documentSymbols, foldingRanges } from "../../../lib/dockerfile/service";

const TEXT = `# one
# two
ARG V=1

FROM a:$V AS build
ENV A=1 \\
    B=2
RUN <<EOF
x
EOF

FROM b
`;

describe("outline", () => {
  it("lists ARGs, stages and what is in them", () => {
    const symbols = documentSymbols(parseDockerfile(TEXT));
    expect(symbols.map(({ kind, name, detail }) => `${kind} ${name}: ${detail}`)).toEqual([
      "argument ARG: V=1",
      "stage build: FROM a:$V",
      "stage stage 1: FROM b",
    ]);
    expect(symbols[1]?.children.map(({ name }) => name)).toEqual(["ENV", "RUN"]);
  });

  it("folds comments, stages, continuations and heredocs", () => {
    const ranges = foldingRanges(parseDockerfile(TEXT));
    expect(ranges.map(({ startLine, endLine, kind }) => `${kind} ${startLine}-${endLine}`)).toEqual([
      "comment 1-2",
      "stage 5-10",
      "continuation 6-7",
      "heredoc 8-10",
    ]);
  });
});
