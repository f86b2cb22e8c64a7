import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDockerfile, reparse } from "@/lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";
import { type TrackedStage, trackStages } from "@/lib/graph/identity";
import { changes, dockerfileLike, editsOf, small } from "../dockerfile/arbitraries";
import { PATIENCE, RUNS } from "../laws";
import { expectSame } from "../same";

function check(before: string, rounds: { at: number; length: number; text: string }[][]): void {
  let next = 0;
  let tree = parseDockerfile(before);
  let tracked: TrackedStage[] = [];
  let graph = EMPTY_GRAPH;
  let said = "";
  for (const round of [[], ...rounds]) {
    const edits = editsOf(tree.source, round);
    tree = reparse(tree, edits);
    const found = tree.stages.map(({ range, name, index }) => ({ start: range.start, name, index }));
    tracked = trackStages(
      tracked,
      edits,
      () => [],
      found,
      () => `s${next++}`,
    );
    const ids = tracked.map(({ id }) => id);
    const drawn = buildGraph(tree, ids, graph);
    if (said !== "") {
      expect(JSON.stringify(graph)).toBe(said);
      const anew = () => buildGraph(parseDockerfile(tree.source), ids, EMPTY_GRAPH);
      expectSame(drawn, drawn.stale ? { ...graph, stale: true } : anew());
    }
    graph = drawn;
    said = JSON.stringify(graph);
  }
}

describe("a graph that follows edits", PATIENCE, () => {
  it("is the same as one drawn anew, and leaves the old one as it was", () => {
    fc.assert(fc.property(small, fc.array(changes, { minLength: 1, maxLength: 3 }), check), RUNS);
  });

  it("is so on noise, too", () => {
    fc.assert(fc.property(dockerfileLike, fc.array(changes, { minLength: 1, maxLength: 3 }), check), RUNS);
  });
});
