import { describe, expect, it } from "vitest";
import { parseDockerfile } from "@/lib/dockerfile";
import { drawPicture, type PictureOptions, toDot, toMermaid, toSvg, toText } from "@/lib/graph/export";
import { layOut } from "@/lib/graph/export/layers";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";

function graphOf(text: string) {
  const tree = parseDockerfile(text);
  return buildGraph(
    tree,
    tree.stages.map(({ index }) => `s${index}`),
    EMPTY_GRAPH,
  );
}

const DIAMOND = graphOf(
  "FROM a AS base\nFROM base AS l\nFROM base AS r\nRUN x\nFROM r AS rr\nFROM b\nCOPY --from=l . .\nCOPY --from=rr . .\nCOPY --from=base . .\n",
);
const HOSTILE = graphOf('FROM "a<b>&c" AS x\nFROM x\nCOPY --from=x a"b\\c</svg> /d\n');

describe("the graph in other forms", () => {
  it("lays out what is needed left of what needs it, and no two cards over each other", () => {
    const { boxes, routes, width, height } = layOut(DIAMOND, (id) => ({ width: 20 * id.length, height: 40 }));
    const byId = new Map(boxes.map((box) => [box.id, box]));
    for (const { source, target } of DIAMOND.edges) {
      const [from, to] = [byId.get(source)!, byId.get(target)!];
      expect(from.x + from.width).toBeLessThan(to.x);
    }
    for (const a of boxes) {
      expect(a.x + a.width).toBeLessThanOrEqual(width);
      expect(a.y + a.height).toBeLessThanOrEqual(height);
      for (const b of boxes) {
        if (a === b) continue;
        const apart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart).toBe(true);
      }
    }
    expect(routes).toHaveLength(DIAMOND.edges.length);
  });

  it("keeps edges out of the cards they pass", () => {
    const { boxes, routes } = layOut(DIAMOND, () => ({ width: 100, height: 40 }));
    for (const { edge, points } of routes) {
      const { source, target } = DIAMOND.edges[edge]!;
      for (const { id, x, y, width, height } of boxes) {
        if (id === source || id === target) continue;
        const inside = points.some(
          (point) => point.x >= x && point.x <= x + width && point.y > y && point.y < y + height,
        );
        expect(inside).toBe(false);
      }
    }
  });

  it("lets no text of the file out of its quotes", () => {
    expect(toSvg(HOSTILE, "<t>").match(/<\/svg>/g)).toHaveLength(1);
    expect(toSvg(HOSTILE, "<t>")).toContain("<title>&lt;t&gt;</title>");
    expect(toDot(HOSTILE, 'a"b')).toMatch(/^digraph "a\\"b" \{/);
    expect(toMermaid(HOSTILE)).not.toMatch(/[<&]/);
  });

  it.each([
    toText,
    toMermaid,
    (graph: typeof EMPTY_GRAPH) => toDot(graph, ""),
    (graph: typeof EMPTY_GRAPH) => toSvg(graph, ""),
  ])("takes a graph of nothing", (write) => {
    expect(() => write(EMPTY_GRAPH)).not.toThrow();
  });

  it("puts the cards where somebody put them, and newcomers beside", () => {
    const places = { s0: { x: 500, y: -40 }, s1: { x: 10, y: 300 } };
    const { svg, width, height } = drawPicture(HOSTILE, "", { places });
    const corners = [...svg.matchAll(/class="card" x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)"/g)];
    const at = corners.filter(([, , , w]) => w === "300").map(([, x, y]) => [Number(x), Number(y)]);
    expect(at).toEqual([
      [500, -40],
      [10, 300],
    ]);
    const [, x, y] = /viewBox="([-\d.]+) ([-\d.]+) /.exec(svg)!.map(Number);
    for (const [, left, top] of corners) {
      expect(Number(left)).toBeGreaterThan(x!);
      expect(Number(left)).toBeLessThan(x! + width);
      expect(Number(top)).toBeGreaterThan(y!);
      expect(Number(top)).toBeLessThan(y! + height);
    }
  });

  it("shows every row of a card that was placed, a dozen of one that was not, none of a folded one", () => {
    const long = graphOf(`FROM a\n${"RUN x\n".repeat(20)}`);
    const rows = (options: PictureOptions) => toSvg(long, "", options).match(/>RUN</g)?.length ?? 0;
    expect(rows({ places: { s0: { x: 0, y: 0 } } })).toBe(20);
    expect(rows({})).toBe(12);
    expect(toSvg(long, "")).toContain("… 8 more");
    expect(rows({ places: { s0: { x: 0, y: 0 } }, collapsed: { s0: true } })).toBe(0);
  });

  it("says of a stage what its comment says, above rows that make room for it", () => {
    const described = graphOf("# build compiles <it>\nFROM a AS build\nRUN x\nFROM b\nRUN x\n");
    const svg = toSvg(described, "");
    expect(svg).toContain(">compiles &lt;it&gt;<");
    const heights = [...svg.matchAll(/class="card" [^>]*width="300" height="(\d+)"/g)].map(([, height]) =>
      Number(height),
    );
    expect(heights[0]! - heights[1]!).toBe(18);
  });

  it.each([
    ["light", ["#f6f7f8"], ["#0e1116", "prefers-color-scheme"]],
    ["dark", ["#0e1116"], ["#f6f7f8", "prefers-color-scheme"]],
    ["auto", ["prefers-color-scheme"], ['class="back"']],
  ] as const)("has the colours of %s", (theme, holds, lacks) => {
    const svg = toSvg(DIAMOND, "", { theme });
    for (const part of holds) expect(svg).toContain(part);
    for (const part of lacks) expect(svg).not.toContain(part);
  });

  it("asks for nothing from anywhere", () => {
    const svg = toSvg(HOSTILE, "", { theme: "light" });
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|<script|<image|<foreignObject|@import|@font-face|\bon\w+=/,
    );
  });
});
