import { describe, expect, test } from "vitest";
import { parseDockerfile } from "@/lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";
import type { Point } from "@/lib/graph/layout";
import { placeBeside, placeNewcomers } from "@/lib/graph/placement";

const sizeOf = (id: string) =>
  id.startsWith("image:") ? { width: 100, height: 50 } : { width: 300, height: 150 };

function place(text: string, positions: Record<string, Point>) {
  const tree = parseDockerfile(text);
  const graph = buildGraph(
    tree,
    tree.stages.map(({ index }) => `s${index}`),
    EMPTY_GRAPH,
  );
  return placeNewcomers(graph, positions, sizeOf);
}

const TWO = "FROM a AS first\nRUN true\nFROM b AS second\nRUN true\n";
const STANDING = {
  "image:a": { x: 0, y: 0 },
  s0: { x: 200, y: 0 },
  "image:b": { x: 0, y: 300 },
  s1: { x: 200, y: 300 },
};

describe("a newcomer", () => {
  test("nobody new, nothing to do", () => {
    expect(place(TWO, STANDING)).toEqual({});
  });

  test("stands right of what it is built on, level with it", () => {
    const { s2 } = place(`${TWO}FROM first\n`, STANDING);
    expect(s2).toEqual({ x: 610, y: 0 });
  });

  test("stands right of all that it needs", () => {
    const { s2 } = place(`${TWO}FROM first\nCOPY --from=second / /\n`, {
      ...STANDING,
      s1: { x: 700, y: 300 },
    });
    expect(s2!.x).toBe(1110);
  });

  test("stands left of what needs it, where it needs nobody who stands", () => {
    const text = "FROM scratch AS new\nFROM a\nCOPY --from=new / /\n";
    const { s0 } = place(text, { "image:a": { x: 0, y: 0 }, s1: { x: 1000, y: 40 } });
    expect(s0).toEqual({ x: 590, y: 40 });
  });

  test("unrelated, it stands under its neighbour in the file, an image left of its user", () => {
    const placed = place(`${TWO}FROM c\n`, STANDING);
    expect(placed.s2).toEqual({ x: 200, y: 486 });
    expect(placed["image:c"]).toEqual({ x: -10, y: 486 });
  });

  test("two newcomers do not stand on each other, nor on who stands", () => {
    const placed = place(`${TWO}FROM first\nFROM first\nFROM first\n`, { ...STANDING, s2: { x: 610, y: 0 } });
    const ys = [0, placed.s3!.y, placed.s4!.y].sort((a, b) => a - b);
    expect(ys[1]! - ys[0]!).toBeGreaterThanOrEqual(150);
    expect(ys[2]! - ys[1]!).toBeGreaterThanOrEqual(150);
  });

  test("with nobody standing at all, everybody still gets a place of their own", () => {
    const placed = Object.values(place(TWO, {}));
    expect(placed).toHaveLength(4);
    expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
  });
});

test.each<
  [what: string, positions: Record<string, { x: number; y: number }>, place: { x: number; y: number }]
>([
  [
    "left of what stands leftmost, level with what stands highest",
    { a: { x: 10, y: 50 }, b: { x: 400, y: -20 } },
    { x: -145, y: -20 },
  ],
  ["where nothing stands", {}, { x: 0, y: 0 }],
])("what belongs to the whole is placed %s", (_what, positions, place) => {
  expect(placeBeside(positions, { width: 100, height: 80 })).toEqual(place);
});
