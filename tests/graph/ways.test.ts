import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curvePath, type Ends, pointOnCurve, type Way } from "@/lib/graph/edge-curve";
import type { LayoutJob, Point } from "@/lib/graph/layout";
import { waysOf } from "@/lib/graph/ways";

const PORTS = [
  { id: "in", side: "west" as const, y: 50 },
  { id: "out", side: "east" as const, y: 50 },
];
const node = (id: string, width = 300, height = 100) => ({ id, outside: false, width, height, ports: PORTS });
const edge = (source: string, target: string, width: number | null = null) => ({
  id: `${source}-${target}`,
  source,
  sourcePort: "out",
  target,
  targetPort: "in",
  label: width === null ? null : { width, height: 24 },
});
const found = (job: LayoutJob, places: Record<string, Point>) => Object.fromEntries(waysOf(job, places));

/** From `a` down to `b`, with a small card between them at `between`. */
const past = (between: Point | null) =>
  found(
    {
      nodes: [node("a"), node("b"), node("image", 100, 50)],
      edges: [edge("a", "b")],
    },
    { a: { x: 0, y: 0 }, b: { x: 700, y: 400 }, ...(between && { image: between }) },
  );

describe("a line", () => {
  test.each<[string, Point | null, Way["bends"] | undefined]>([
    ["with nothing between its ends bends all the way", null, undefined],
    ["beside a card", { x: 450, y: 600 }, undefined],
    ["under a card in the middle bends before its end instead", { x: 450, y: 225 }, "late"],
    ["under a card behind its beginning bends before that", { x: 350, y: 30 }, "early"],
  ])("%s", (_, between, bends) => {
    expect(past(between)["a-b"]?.bends).toBe(bends);
  });

  test("that goes back is left as it is", () => {
    const job = { nodes: [node("a"), node("b"), node("c")], edges: [edge("b", "a")] };
    expect(found(job, { a: { x: 0, y: 0 }, b: { x: 700, y: 0 }, c: { x: 350, y: -80 } })).toEqual({});
  });
});

describe("a label", () => {
  const nodes = [node("a"), node("b"), node("image", 100, 50)];
  const between = { a: { x: 0, y: 0 }, b: { x: 700, y: 0 } };
  test("stands in the middle where that is free", () => {
    expect(found({ nodes, edges: [edge("a", "b", 100)] }, between)).toEqual({});
  });
  test("stands beside a card that would cover it", () => {
    const job = { nodes, edges: [edge("a", "b", 100)] };
    expect(found(job, { ...between, image: { x: 480, y: 40 } })["a-b"]).toEqual({
      bends: "evenly",
      label: 0.26,
    });
  });
  test("does not stand on another", () => {
    const ways = found(
      { nodes: [...nodes, node("c")], edges: [edge("a", "b", 60), edge("a", "c", 60)] },
      { ...between, c: { x: 700, y: 20 } },
    );
    expect(ways["a-c"]?.label).not.toBe(0.5);
    expect(ways["a-b"]).toBeUndefined();
  });
  test("has its line bend where there is room for it", () => {
    // Late, it would run along with the other line, and the labels lie on each other.
    const job = {
      nodes: [...nodes, node("c")],
      edges: [edge("a", "b", 200), edge("a", "c", 200)],
    };
    const ways = found(job, { ...between, c: { x: 700, y: 400 }, image: { x: 450, y: 230 } });
    expect(ways).toEqual({ "a-c": { bends: "early", label: 0.5 } });
  });
  test("of a line that goes back stands beside a card that would cover it", () => {
    const job = { nodes: [...nodes, node("c")], edges: [edge("b", "a", 80)] };
    // It goes back above the card it leaves, from right to left.
    expect(found(job, { a: { x: 0, y: 0 }, b: { x: 700, y: 0 }, c: { x: 350, y: -90 } })["b-a"]?.label).toBe(
      0.26,
    );
  });
  test("stays in the middle where no place is free", () => {
    expect(found({ nodes, edges: [edge("a", "b", 600)] }, between)).toEqual({});
  });
});

describe("a curve", () => {
  const ends = fc.record({
    sourceX: fc.integer({ min: -500, max: 500 }),
    sourceY: fc.integer({ min: -500, max: 500 }),
    targetX: fc.integer({ min: 530, max: 3000 }),
    targetY: fc.integer({ min: -500, max: 500 }),
  });
  const bends = fc.constantFrom<Way["bends"]>("evenly", "early", "late");

  test("goes from one end to the other, never back and never beyond them", () => {
    fc.assert(
      fc.property(ends, bends, (ends: Ends, bends) => {
        const points = Array.from({ length: 21 }, (_, at) => pointOnCurve(ends, bends, at / 20));
        expect(points[0]).toEqual({ x: ends.sourceX, y: ends.sourceY });
        expect(points.at(-1)!.x).toBeCloseTo(ends.targetX);
        expect(points.at(-1)!.y).toBeCloseTo(ends.targetY);
        const down = Math.sign(ends.targetY - ends.sourceY);
        for (const [at, point] of points.slice(1).entries())
          expect((point.y - points[at]!.y) * down).toBeGreaterThanOrEqual(-1e-6);
      }),
    );
  });

  test.each<[Way["bends"], string]>([
    ["evenly", "M0,0 C200,0 200,100 400,100"],
    ["early", "M0,0 C45,0 45,100 90,100 L400,100"],
    ["late", "M0,0 L310,0 C355,0 355,100 400,100"],
  ])("that bends %s as a path", (bends, path) => {
    expect(curvePath({ sourceX: 0, sourceY: 0, targetX: 400, targetY: 100 }, bends)).toBe(path);
  });
});
