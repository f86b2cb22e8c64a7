import { describe, expect, test } from "vitest";
import { parseDockerfile } from "@/lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";
import type { StageGraph } from "@/lib/graph/types";

function graphOf(text: string, previous: StageGraph = EMPTY_GRAPH, ids?: string[]): StageGraph {
  const tree = parseDockerfile(text);
  return buildGraph(tree, ids ?? tree.stages.map(({ index }) => `s${index}`), previous);
}

/** Edges as `kind source>target@instruction`. */
function edges(graph: StageGraph): string[] {
  return graph.edges.map(
    ({ kind, source, target, instruction }) => `${kind} ${source}>${target}@${instruction}`,
  );
}

const GO = `FROM golang:1.19 AS builder
COPY . .
RUN go build -o /app .

FROM alpine
COPY --from=builder /app /app
`;

describe("the picture of a Dockerfile", () => {
  test.each([
    {
      what: "two stages, two images, a FROM each and one COPY",
      text: GO,
      stages: ["builder", "stage-1"],
      images: ["golang:1.19", "alpine"],
      edges: ["from image:golang:1.19>s0@0", "from image:alpine>s1@0", "copy s0>s1@1"],
    },
    {
      what: "a stage as base, a number as source",
      text: "FROM busybox AS a\nFROM a AS b\nFROM scratch\nCOPY --from=1 /x /y\n",
      stages: ["a", "b", "stage-2"],
      images: ["busybox", "scratch"],
      edges: ["from image:busybox>s0@0", "from s0>s1@0", "from image:scratch>s2@0", "copy s1>s2@1"],
    },
    {
      what: "mounts, two of one instruction",
      text: "FROM busybox AS a\nFROM busybox AS b\nRUN --mount=type=bind,from=a,target=/a --mount=type=bind,from=nginx,target=/n ls\n",
      stages: ["a", "b"],
      images: ["busybox", "nginx"],
      edges: [
        "from image:busybox>s0@0",
        "from image:busybox>s1@0",
        "mount s0>s1@1",
        "mount image:nginx>s1@1",
      ],
    },
    { what: "nothing", text: "", stages: [], images: [], edges: [] },
  ])("$what", ({ what: _, text, ...expected }) => {
    const graph = graphOf(text);
    expect({
      stages: graph.stages.map(({ label }) => label),
      images: graph.images.map(({ ref }) => ref),
      edges: edges(graph),
    }).toEqual(expected);
  });

  test("a COPY edge carries its paths, its row and its line", () => {
    expect(graphOf(GO).edges.at(-1)).toMatchObject({
      sources: ["/app"],
      destination: "/app",
      instruction: 1,
      lineInStage: 1,
    });
  });

  test("parallel edges have ids of their own", () => {
    const graph = graphOf("FROM a AS a1\nFROM b\nCOPY --from=a1 /x /x\nCOPY --from=a1 /y /y\n");
    expect(new Set(graph.edges.map(({ id }) => id)).size).toBe(graph.edges.length);
  });

  test("what does not change keeps its identity", () => {
    const before = graphOf(GO);
    const after = graphOf(GO.replace("-o /app .", "-o /app ./cmd"), before);
    expect(after.stages[0]).not.toBe(before.stages[0]);
    expect(after.stages[1]).toBe(before.stages[1]);
    expect(after.edges).toBe(before.edges);
    expect(after.images).toBe(before.images);
  });
});

describe("broken text", () => {
  test("marks the stage and the row that it is in", () => {
    const graph = graphOf(GO.replace("COPY . .", "COPY ."), graphOf(GO));
    expect(graph.stages.map(({ doubtful }) => doubtful)).toEqual([true, false]);
    expect(graph.stages[0]?.rows[0]?.problem).toContain("COPY requires at least two arguments");
  });

  test("that loses a stage keeps the last good picture", () => {
    const good = graphOf(GO);
    const broken = graphOf(GO.replace("FROM alpine", "FRO alpine"), good, ["s0"]);
    expect(broken.stale).toBe(true);
    expect(broken.stages).toBe(good.stages);
    expect(graphOf(GO, broken).stale).toBe(false);
  });

  test.each(["", " \n\n"])("that is all gone (%j) is no slip: the picture is empty", (text) => {
    const empty = graphOf(text, graphOf(GO), []);
    expect(empty).toMatchObject({ stages: [], images: [], edges: [], stale: false });
  });
});
