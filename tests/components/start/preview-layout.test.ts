import { describe, expect, test } from "vitest";
import { layOutPreview, NODE_HEIGHT } from "@/components/start/preview-layout";
import { parseDockerfile } from "@/lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";

function preview(source: string) {
  const tree = parseDockerfile(source);
  return layOutPreview(
    buildGraph(
      tree,
      tree.stages.map(({ index }) => `s${index}`),
      EMPTY_GRAPH,
    ),
  );
}

const SOURCES = [
  ["one stage", "FROM a"],
  ["two", "FROM a AS b\nFROM c\nCOPY --from=b /x /y"],
  ["a fork", "FROM a AS b\nFROM b AS c\nFROM b AS d\nFROM x\nCOPY --from=c /c /\nCOPY --from=d /d /"],
  ["a chain", "FROM a AS b\nFROM b AS c\nFROM c AS d\nFROM d"],
  ["a mount", "FROM a AS b\nFROM a\nRUN --mount=from=b,target=/b true"],
] as const;

describe.each(SOURCES)("%s", (_, source) => {
  const { nodes, edges, width, height } = preview(source);

  test("no node stands on another, none leaves the picture", () => {
    const places = nodes.map(({ x, y }) => `${x} ${Math.round(y)}`);
    expect(new Set(places).size).toBe(nodes.length);
    for (const { x, y } of nodes) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + NODE_HEIGHT).toBeLessThanOrEqual(height + 0.01);
    }
  });

  test("every edge leads to the right", () => {
    expect(edges.length).toBeGreaterThan(0);
    for (const { path } of edges) {
      const [fromX, toX] = [path.match(/^M([\d.]+)/)?.[1], path.match(/([\d.]+) [\d.]+$/)?.[1]].map(Number);
      expect(toX).toBeGreaterThan(fromX ?? Infinity);
    }
  });
});

test("an empty text has an empty picture", () => {
  expect(preview("").nodes).toEqual([]);
});
