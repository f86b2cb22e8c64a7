import { describe, expect, it } from "vitest";
import { figuresOf } from "@/components/export/figures";
import { fileName } from "@/components/export/kinds";
import { tooLarge } from "@/components/export/rasterise";
import type { BuildEventBody } from "@/lib/build/events";
import { emptyBuild, reduceBuild } from "@/lib/build/reducer";
import { parseDockerfile } from "@/lib/dockerfile";
import { drawPicture } from "@/lib/graph/export";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";
import { numbered, plan, started } from "../../build/events";

it.each([
  ["My API (v2)", "My-API-(v2)"],
  ["../../etc/passwd", "etc-passwd"],
  ['a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"],
  ["\u0000\n", "stages"],
  ["  ", "stages"],
  ["…", "…"],
  ["x".repeat(200), "x".repeat(80)],
])("the title %j names the file %s", (title, name) => expect(fileName(title)).toBe(name));

it.each([
  [1000, 800, 2, true],
  [8192, 1000, 2, true],
  [8193, 1000, 2, false],
  [16_384, 6_103, 1, true],
  [16_384, 6_104, 1, false],
])("a picture of %i × %i at %i×: %s", (width, height, scale, fits) => {
  expect(tooLarge({ width, height }, scale) === null).toBe(fits);
});

describe("sizes in the picture", () => {
  const tree = parseDockerfile("FROM a AS b\nRUN x\nFROM c\nCOPY --from=b /o /o\n");
  const graph = buildGraph(tree, ["s0", "s1"], EMPTY_GRAPH);
  const size = (stage: number, base: number, own: number): BuildEventBody => ({
    type: "size",
    stage,
    size: base + own,
    base,
    layers: [
      { size: base, createdBy: "base", instruction: null },
      { size: own, createdBy: "own", instruction: 1 },
    ],
  });
  const events = numbered([started, plan(["b", null], {}), size(0, 90e6, 10e6), size(1, 5e6, 1e6)]);
  const state = reduceBuild(emptyBuild(), events);

  it("are those of the build, by stage, row and edge", () => {
    const figures = figuresOf(graph, state);
    expect(figures?.stages.get("s0")).toEqual({ size: 100e6, base: 90e6, own: [10e6], fate: "left behind" });
    expect(figures?.stages.get("s1")).toMatchObject({ size: 6e6, fate: "17× smaller" });
    expect(figures?.rows.get("s0")?.get(1)).toBe(10e6);
    expect([...(figures?.edges.values() ?? [])]).toEqual([1e6]);
  });

  it("are drawn, and nothing is while none is known", () => {
    const figures = figuresOf(graph, state) ?? undefined;
    const { svg } = drawPicture(graph, "t", { figures });
    for (const words of ["100MB", "left behind", "17× smaller", "10MB", "/o · 1MB"])
      expect(svg).toContain(words);
    expect(figuresOf(graph, emptyBuild())).toBeNull();
    expect(figuresOf(graph, null)).toBeNull();
  });
});
