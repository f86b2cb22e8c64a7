import { expect, test } from "vitest";
import { findPlaces, foundOf } from "../../../components/palette/matches";
import { parseDockerfile } from "../../../lib/dockerfile";
import { buildGraph } from "../../../lib/graph/graph";

const TEXT = `# builder compiles
FROM --platform=linux/arm64 golang:1.19 AS builder
COPY go.mod ./
RUN go build -o /app .

FROM alpine:3.20
COPY --from=builder /app /usr/bin/app
`;

const NONE = { stages: [], images: [], edges: [], stale: false };
const graph = buildGraph(parseDockerfile(TEXT), ["a", "b"], NONE);

test.each<[query: string, places: string[]]>([
  ["builder", ["a", "b 1"]],
  ["BUILDER", ["a", "b 1"]],
  ["go build -o", ["a 2"]],
  ["-o build go", ["a 2"]],
  ["/app", ["a 2", "b 1"]],
  ["/usr/bin", ["b 1"]],
  ["alpine:3.20", ["b", "image:alpine:3.20"]],
  ["linux/arm64", ["a"]],
  ["compiles", ["a"]],
  ["from golang", ["a"]],
  ["COPY", ["a 1", "b 1"]],
  ["  ", []],
  ["nowhere", []],
])("%j is found at %j", (query, places) => {
  const found = findPlaces(graph, query);
  expect(
    found.map(({ node, instruction }) => (instruction === null ? node : `${node} ${instruction}`)),
  ).toEqual(places);
});

test("what is found is looked up by card and row; the card itself is 0", () => {
  expect(foundOf(findPlaces(graph, "builder"))).toEqual(
    new Map([
      ["a", new Set([0])],
      ["b", new Set([1])],
    ]),
  );
});
