import { expect, test } from "vitest";
import { beginningOf, type Standing } from "@/lib/graph/beginning";

const stage = (id: string, x: number, y: number): Standing => ({
  id,
  kind: "stage",
  x,
  y,
  width: 300,
  height: 100,
});
const image = (id: string, x: number, y: number): Standing => ({
  ...stage(id, x, y),
  kind: "image",
  height: 50,
});
const edge = (source: string, target: string) => ({ source, target });

test.each([
  ["nothing", [], [], null],
  ["images alone", [image("a", 0, 0)], [], null],
  ["one stage", [stage("s0", 40, 20)], [], { left: 40, middle: 70, top: 20, bottom: 120 }],
  [
    "the first of what the last stage needs, with its image, and not what stands apart to the left of it",
    [
      stage("apart", 0, 0),
      stage("s1", 500, 2000),
      stage("s2", 900, 2400),
      image("a", 350, 2000),
      image("b", 0, 0),
    ],
    [edge("a", "s1"), edge("s1", "s2"), edge("b", "apart"), edge("b", "s2")],
    { left: 350, middle: 2050, top: 0, bottom: 2500 },
  ],
  [
    "the upper of two that stand equally far left",
    [stage("s0", 0, 900), stage("s1", 0, 100), stage("s2", 400, 500)],
    [edge("s0", "s2"), edge("s1", "s2")],
    { left: 0, middle: 150, top: 100, bottom: 1000 },
  ],
  [
    "the first of a chain that goes on below, farther left",
    [stage("s0", 150, 0), stage("s1", 550, 0), stage("s2", 0, 400)],
    [edge("s0", "s1"), edge("s1", "s2")],
    { left: 0, middle: 50, top: 0, bottom: 500 },
  ],
  [
    "stages in a circle, as in broken text",
    [stage("s0", 0, 0), stage("s1", 400, 0)],
    [edge("s0", "s1"), edge("s1", "s0")],
    { left: 0, middle: 50, top: 0, bottom: 100 },
  ],
])("%s", (_, nodes, edges, expected) => {
  expect(beginningOf(nodes, edges)).toEqual(expected);
});
