import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDockerfile, reparse } from "@/lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";
import { type TrackedStage, trackStages } from "@/lib/graph/identity";
import { changes, dockerfileLike, editsOf, sound } from "../dockerfile/arbitraries";
import { fewerRuns, PATIENCE } from "../laws";

function check(before: string, rounds: { at: number; length: number; text: string }[][]): void {
  let next = 0;
  let tree = parseDockerfile(before);
  let tracked: TrackedStage[] = [];
  let graph = EMPTY_GRAPH;
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
    const old = JSON.stringify(graph);
    const drawn = buildGraph(tree, ids, graph);
    expect(JSON.stringify(graph)).toBe(old);
    if (drawn.stale) expect(drawn).toEqual({ ...graph, stale: true });
    else expect(drawn).toEqual(buildGraph(parseDockerfile(tree.source), ids, EMPTY_GRAPH));
    graph = drawn;
  }
}

describe("a graph that follows edits", PATIENCE, () => {
  it("is the same as one drawn anew, and leaves the old one as it was", () => {
    fc.assert(fc.property(sound, fc.array(changes, { minLength: 1, maxLength: 4 }), check), fewerRuns(4));
  });

  it("is so on noise, too", () => {
    fc.assert(
      fc.property(dockerfileLike, fc.array(changes, { minLength: 1, maxLength: 4 }), check),
      fewerRuns(4),
    );
  });
});
