import { describe, expect, it } from "vitest";
import { parseDockerfile, resolveBuild } from "@/lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";
import { graphInBuild } from "@/lib/graph/in-build";

interface Options {
  args?: Record<string, string>;
  contexts?: Record<string, string>;
}

function under(text: string, { args = {}, contexts = {} }: Options) {
  const tree = parseDockerfile(text);
  const graph = buildGraph(
    tree,
    tree.stages.map(({ index }) => `s${index}`),
    EMPTY_GRAPH,
  );
  const options = { buildArgs: new Map(Object.entries(args)), contexts: new Map(Object.entries(contexts)) };
  return { graph, drawn: graphInBuild(tree, graph, resolveBuild(tree, options)) };
}

const BASE = "ARG BASE=alpine:3.20\nFROM ${BASE} AS a\nFROM a AS b\nFROM $BASE\n";

describe("edges follow what a build was asked for", () => {
  it.each<[name: string, text: string, options: Options, edges: string[], images: string[]]>([
    ["a default", BASE, {}, ["alpine:3.20>s0", "s0>s1", "alpine:3.20>s2"], ["alpine:3.20"]],
    ["another image", BASE, { args: { BASE: "debian" } }, ["debian>s0", "s0>s1", "debian>s2"], ["debian"]],
    [
      "a stage by its name",
      "ARG WHICH=one\nFROM x AS one\nFROM y AS two\nFROM ${WHICH}\n",
      { args: { WHICH: "two" } },
      ["x>s0", "y>s1", "s1>s2"],
      ["x", "y"],
    ],
    [
      "a FROM that was blank",
      "ARG BASE\nFROM $BASE\nCOPY --from=busybox /a /a\n",
      { args: { BASE: "alpine" } },
      ["busybox>s0 /a", "alpine>s0"],
      ["busybox", "alpine"],
    ],
    [
      "a context for an image",
      "FROM alpine AS a\nFROM b\nCOPY --from=alpine /x /\n",
      { contexts: { alpine: "docker-image://debian:12" } },
      ["debian:12>s0", "b>s1", "debian:12>s1 /x"],
      ["debian:12", "b"],
    ],
    [
      "a context for a stage",
      "FROM alpine AS a\nFROM b\nCOPY --from=a /x /\n",
      { contexts: { a: "tools" } },
      ["tools>s0", "b>s1", "s0>s1 /x"],
      ["tools", "b"],
    ],
    [
      "mounts of one RUN",
      "FROM a\nRUN --mount=from=x,target=/x --mount=from=y,target=/y true\n",
      { contexts: { y: "docker-image://z" } },
      ["a>s0", "x>s0", "z>s0"],
      ["a", "x", "z"],
    ],
  ])("%s", (_, text, options, edges, images) => {
    const { drawn } = under(text, options);
    const said = drawn.edges.map(
      ({ kind, source, target, sources }) =>
        `${source.replace("image:", "")}>${target}${kind === "copy" ? ` ${sources.join()}` : ""}`,
    );
    expect(said).toEqual(edges);
    expect(drawn.images.map(({ ref }) => ref)).toEqual(images);
  });
});

it("is the same object where nothing is asked for", () => {
  const { graph, drawn } = under(BASE, {});
  expect(drawn).toBe(graph);
});

it("leaves alone what does not change", () => {
  const { graph, drawn } = under("ARG B=a\nFROM $B\nFROM x\n", { args: { B: "c" } });
  expect(drawn.stages).toBe(graph.stages);
  expect(drawn.edges[1]).toBe(graph.edges[1]);
  expect(drawn.edges[0]!.id).toBe(graph.edges[0]!.id);
});
