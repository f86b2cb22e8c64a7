import { expect, it } from "vitest";
import { parseDockerfile } from "../../lib/dockerfile";
import { argumentsOf, usesOfArgument } from "../../lib/graph/arguments";

const TEXT = `# V of the compiler
ARG V=1.22 BASE="alpine:3.20"
ARG FULL=golang:$V
FROM $FULL AS build
ARG V
RUN echo $V
FROM \${BASE}
RUN echo $V
ARG V=2
RUN echo $V
`;

it("arguments come one by one, with their defaults as written", () => {
  expect(argumentsOf(parseDockerfile(TEXT))).toEqual([
    { index: 0, name: "V", value: "1.22", comment: "of the compiler" },
    { index: 1, name: "BASE", value: '"alpine:3.20"', comment: null },
    { index: 2, name: "FULL", value: "golang:$V", comment: null },
  ]);
});

it.each([
  ["V", ["ARG 3", "ARG 5", "RUN 6"]],
  ["BASE", ["FROM 7"]],
  ["FULL", ["FROM 4"]],
  ["NONE", []],
])("%s reaches %j", (name, places) => {
  const uses = usesOfArgument(parseDockerfile(TEXT), name);
  expect(uses.map(({ keyword, line }) => `${keyword} ${line}`)).toEqual(places);
});
