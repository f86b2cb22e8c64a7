import ELK from "elkjs/lib/elk.bundled.js";
import { describe, expect, test, vi } from "vitest";
import { parseDockerfile } from "@/lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";
import {
  BASE_PORT,
  FILES_PORT,
  fromElk,
  type LayoutJob,
  type LayoutNode,
  type Point,
  portsOf,
  rowPort,
  TOP_PORT,
  toElk,
} from "@/lib/graph/layout";
import type { StageGraph } from "@/lib/graph/types";

/** ELK computes for a good while on a busy machine. */
vi.setConfig({ testTimeout: 60_000 });

const elk = new ELK();

function graphOf(text: string): StageGraph {
  const tree = parseDockerfile(text);
  return buildGraph(
    tree,
    tree.stages.map(({ index }) => `s${index}`),
    EMPTY_GRAPH,
  );
}

/** As the canvas measures cards: 24 px a row under a head of 70. */
function jobOf(graph: StageGraph): LayoutJob {
  const stages = graph.stages.map(({ id, rows }): LayoutNode => {
    const height = 106 + 24 * rows.length;
    return {
      id,
      outside: false,
      width: 300,
      height,
      ports: [
        { id: TOP_PORT, side: "west", y: 46 },
        ...rows.map(({ instruction }) => ({
          id: rowPort(instruction),
          side: "west" as const,
          y: 58 + 24 * instruction,
        })),
        { id: BASE_PORT, side: "east", y: 46 },
        { id: FILES_PORT, side: "east", y: height - 18 },
      ],
    };
  });
  const images = graph.images.map(
    ({ id }): LayoutNode => ({
      id,
      outside: true,
      width: 110,
      height: 52,
      ports: [
        { id: BASE_PORT, side: "east", y: 16 },
        { id: FILES_PORT, side: "east", y: 38 },
      ],
    }),
  );
  const edges = graph.edges.map((edge) => ({
    id: edge.id,
    source: edge.source,
    target: edge.target,
    ...portsOf(edge),
    label: { width: 120, height: 24 },
  }));
  return { nodes: [...stages, ...images], edges };
}

async function laidOut(job: LayoutJob): Promise<Record<string, Point>> {
  return fromElk(await elk.layout(toElk(job)));
}

function overlaps(job: LayoutJob, places: Record<string, Point>): string[] {
  const boxes = job.nodes.flatMap((node) => (places[node.id] ? [{ ...node, ...places[node.id]! }] : []));
  return boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter(
        (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
      )
      .map((b) => `${a.id} on ${b.id}`),
  );
}

const HREF = `FROM golang AS builder
RUN go build -o /app
FROM builder AS test
RUN go test
FROM alpine
COPY --from=builder /app /app
COPY --from=nginx /etc/nginx/mime.types /etc/
RUN --mount=type=bind,from=test,target=/t true
`;

/** \`count\` stages, each on one of the last and copying from another. */
const chain = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    i === 0
      ? "FROM alpine AS s0"
      : `FROM ${i % 3 === 0 ? "alpine" : `s${Math.floor(i / 2)}`} AS s${i}\nCOPY --from=s${i - 1} /a /a\nRUN true`,
  ).join("\n");

describe("left to right", () => {
  test.each([
    ["a few stages, finely", HREF],
    ["many stages, coarsely", chain(60)],
  ])("%s: what is needed stands left of what needs it, and nothing overlaps", async (_, text) => {
    const graph = graphOf(text);
    const job = jobOf(graph);
    const places = await laidOut(job);
    const backwards = graph.edges.filter(({ source, target }) => {
      const width = job.nodes.find(({ id }) => id === source)?.width ?? 0;
      const from = places[source];
      return from && from.x + width > places[target]!.x;
    });
    expect(backwards.map(({ id }) => id)).toEqual([]);
    expect(overlaps(job, places)).toEqual([]);
    expect(graph.stages.filter(({ id }) => !places[id])).toEqual([]);
  });

  test("an image stands next to its user, not in a column of all images", async () => {
    const places = await laidOut(jobOf(graphOf(HREF)));
    expect(places["image:golang"]!.x).toBeLessThan(places.s0!.x);
    expect(places["image:nginx"]!.x).toBeGreaterThan(places["image:golang"]!.x);
  });

  test("there is room for a label on its edge", async () => {
    const places = await laidOut(jobOf(graphOf(HREF)));
    expect(places.s2!.x - (places.s0!.x + 300)).toBeGreaterThan(120);
  });

  test("the same text gives the same picture", async () => {
    expect(await laidOut(jobOf(graphOf(HREF)))).toEqual(await laidOut(jobOf(graphOf(HREF))));
  });
});

/** Each on an image that all are built on, and copying from the one before. */
const row = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    i === 0 ? "FROM alpine AS s0" : `FROM alpine AS s${i}\nCOPY --from=s${i - 1} /a /a`,
  ).join("\n");

describe("what would take too long to be laid out with handles and labels is laid out without", () => {
  const isFine = (text: string) => toElk(jobOf(graphOf(text))).children!.some(({ ports }) => ports);

  test.each([
    ["a few stages", HREF, true],
    ["ten in a row, on one image", row(10), true],
    ["28 in a row, on one image, which edges lead to past all others", row(28), false],
    ["many stages", chain(60), false],
  ])("%s", (_, text, fine) => expect(isFine(text)).toBe(fine));
});

test("stages that nothing connects stand in the order of the file", async () => {
  const text = "FROM a AS long\nRUN 1\nRUN 2\nRUN 3\nFROM long AS next\nFROM b AS short\n";
  const places = await laidOut(jobOf(graphOf(text)));
  expect(places.s2!.y).toBeGreaterThan(places.s0!.y);
});

describe("what may come in broken text", () => {
  test.each([
    ["no stages", ""],
    ["a stage that copies from itself", "FROM a AS x\nCOPY --from=x / /\n"],
    ["a circle", "FROM a AS x\nCOPY --from=y / /\nFROM x AS y\n"],
  ])("%s", async (_, text) => {
    const graph = graphOf(text);
    const places = await laidOut(jobOf(graph));
    expect(Object.keys(places).sort()).toEqual([...graph.stages, ...graph.images].map(({ id }) => id).sort());
  });

  test("an edge to a handle that a collapsed card does not show", async () => {
    const job = jobOf(graphOf(HREF));
    const nodes = job.nodes.map((node) => ({
      ...node,
      ports: node.ports.filter(({ id }) => !id.startsWith("row:")),
    }));
    expect(Object.keys(await laidOut({ ...job, nodes }))).toHaveLength(nodes.length);
  });
});
