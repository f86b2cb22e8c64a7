import { expect, test } from "vitest";
import { type Place, placeInstead, stepFrom } from "../../../components/canvas/steps";
import { parseDockerfile } from "../../../lib/dockerfile";
import { buildGraph } from "../../../lib/graph/graph";

const TEXT = `FROM golang AS builder
COPY . .
RUN make

FROM alpine
COPY --from=builder /app /app
CMD ["/app"]
`;
const NONE = { stages: [], images: [], edges: [], stale: false };
const graph = buildGraph(parseDockerfile(TEXT), ["a", "b"], NONE);

const place = (words: string): Place => {
  const [node = "", instruction] = words.split(" ");
  return { node, instruction: instruction === undefined ? null : Number(instruction) };
};

test.each<[from: string, key: string, to: string | null]>([
  ["a", "ArrowDown", "a 1"],
  ["a 2", "ArrowDown", "b"],
  ["a 1", "ArrowUp", "a"],
  ["b", "ArrowUp", "a"],
  ["a", "ArrowUp", null],
  ["a", "ArrowRight", "b 1"],
  ["b 1", "ArrowLeft", "a"],
  ["b 2", "ArrowLeft", "b"],
  ["a", "ArrowLeft", "image:golang"],
  ["image:golang", "ArrowRight", "a"],
  ["b 2", "Home", "a"],
  ["a", "End", "image:alpine"],
])("from %s, %s leads to %s", (from, key, to) => {
  expect(stepFrom(graph, place(from), key)).toEqual(to === null ? null : place(to));
});

test.each<[gone: string, index: number, instead: string]>([
  ["a 2", 0, "a 2"],
  ["a 3", 0, "a 2"],
  ["b 7", 1, "b 2"],
  ["removed", 0, "a"],
  ["removed 3", 1, "b"],
  ["removed", 99, "image:alpine"],
])("where %s (card %i) is gone, %s has the focus", (gone, index, instead) => {
  expect(placeInstead(graph, place(gone), index)).toEqual(place(instead));
});
