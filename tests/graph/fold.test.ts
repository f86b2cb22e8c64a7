import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold } from "@/lib/graph/fold";
import type { LayoutNode, Point } from "@/lib/graph/layout";

const node = (id: string, width = 300, height = 150): LayoutNode => ({
  id,
  outside: false,
  width,
  height,
  ports: [],
});
const edge = (source: string, target: string) => ({ source, target });
/** `count` nodes in a line, each leading to the next. */
const line = (count: number) => {
  const ids = Array.from({ length: count }, (_, at) => `s${at}`);
  return {
    nodes: ids.map((id) => node(id)),
    places: Object.fromEntries(ids.map((id, at) => [id, { x: at * 400, y: 0 }])),
    edges: ids.slice(1).map((id, at) => edge(ids[at]!, id)),
  };
};
/** By row of the picture, from the top. */
const rows = (places: Record<string, Point>) => {
  const tops = [...new Set(Object.values(places).map(({ y }) => y))].sort((a, b) => a - b);
  return tops.map((top) =>
    Object.entries(places)
      .filter(([, { y }]) => y === top)
      .sort(([, a], [, b]) => a.x - b.x)
      .map(([id]) => id),
  );
};

test.each([
  ["no nodes", line(0)],
  ["what fits into one line", line(6)],
])("%s: nothing is moved", (_, { places, nodes, edges }) => {
  expect(fold(places, nodes, edges)).toEqual(places);
});

test("a long chain is put into lines that are read one after the other", () => {
  const { places, nodes, edges } = line(12);
  expect(rows(fold(places, nodes, edges))).toEqual([
    ["s0", "s1", "s2", "s3"],
    ["s4", "s5", "s6", "s7"],
    ["s8", "s9", "s10", "s11"],
  ]);
});

test("it is cut where few edges cross, near where a line would best end", () => {
  const { places, nodes, edges } = line(12);
  // Where the first line would best end, this crosses as well.
  const folded = fold(places, nodes, [...edges, edge("s2", "s5")]);
  expect(rows(folded)[0]).toEqual(["s0", "s1", "s2"]);
});

test("a place that many edges cross is not cut: nothing is moved", () => {
  const { places, nodes, edges } = line(12);
  const tangle = ["s0", "s1", "s2", "s3", "s4"].map((source) => edge(source, "s11"));
  expect(fold(places, nodes, [...edges, ...tangle])).toEqual(places);
});

test("many edges from one node count as one: an image that all are built on", () => {
  const { places, nodes, edges } = line(12);
  const all = nodes.slice(1).map(({ id }) => edge("s0", id));
  expect(rows(fold(places, nodes, [...edges, ...all]))).toHaveLength(3);
});

test("a node without a place is left to others", () => {
  const { places, nodes, edges } = line(12);
  expect(fold(places, [...nodes, node("late")], edges)).not.toHaveProperty("late");
});

describe("laws", () => {
  const picture = fc
    .array(
      fc.record({
        gap: fc.integer({ min: 20, max: 200 }),
        y: fc.integer({ min: -500, max: 500 }),
        width: fc.integer({ min: 80, max: 400 }),
        height: fc.integer({ min: 50, max: 600 }),
      }),
      { maxLength: 60 },
    )
    .chain((all) => {
      let x = 0;
      const nodes = all.map(({ width, height }, at) => node(`s${at}`, width, height));
      const places: Record<string, Point> = {};
      for (const [at, { gap, y, width }] of all.entries()) {
        places[`s${at}`] = { x, y };
        x += width + gap;
      }
      const id = fc.integer({ min: 0, max: Math.max(0, all.length - 1) });
      return fc
        .array(fc.tuple(id, id), { maxLength: 20 })
        .map((pairs) => ({ nodes, places, edges: pairs.map(([a, b]) => edge(`s${a}`, `s${b}`)) }));
    });

  test("every node keeps a place of its own, and those of a line their order", () => {
    fc.assert(
      fc.property(picture, ({ nodes, places, edges }) => {
        const folded = fold(places, nodes, edges);
        expect(Object.keys(folded).sort()).toEqual(Object.keys(places).sort());
        const boxes = nodes.map(({ id, width, height }) => ({ id, width, height, ...folded[id]! }));
        for (const [at, a] of boxes.entries())
          for (const b of boxes.slice(at + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart, `${a.id} on ${b.id}`).toBe(true);
          }
      }),
    );
  });
});
