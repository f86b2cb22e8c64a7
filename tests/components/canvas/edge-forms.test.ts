import { describe, expect, test } from "vitest";
import { type CopyFlags, flagEdits, readFlags } from "@/components/canvas/edges/copy-flags";
import { lossesOf } from "@/components/canvas/edges/losses";
import { likelySources, sourceNamed } from "@/components/canvas/edges/source-names";
import { parseDockerfile, planEdits } from "@/lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "@/lib/graph/graph";
import { applyEdits } from "@/lib/text";

function stateOf(text: string) {
  const tree = parseDockerfile(text);
  const stageIds = tree.stages.map(({ index }) => `s${index}`);
  return { tree, stageIds, graph: buildGraph(tree, stageIds, EMPTY_GRAPH) };
}

describe("flags of a COPY, from one state of the form to the next", () => {
  const rows: [name: string, before: string, change: Partial<CopyFlags>, after: string][] = [
    ["added", "", { chown: " 1:1 ", link: true }, "--chown=1:1 --link "],
    ["changed", "--chown=a --chmod=755 ", { chmod: "644" }, "--chown=a --chmod=644 "],
    ["taken away", "--chown=a --link --parents ", { chown: "", link: false, parents: false }, ""],
    ["a link that is off", "--link=false ", { link: true }, "--link "],
    [
      "one of several excluded",
      "--exclude=a --exclude=b ",
      { exclude: ["a", "c"] },
      "--exclude=a --exclude=c ",
    ],
    ["all of them taken away", "--exclude=a --exclude=b ", { exclude: ["", " "] }, ""],
    ["nothing", "--exclude=a --link ", {}, "--exclude=a --link "],
  ];
  test.each(rows)("%s", (_, before, change, after) => {
    const text = `FROM x\nCOPY --from=y ${before}/a /b\n`;
    const tree = parseDockerfile(text);
    const flags = readFlags(tree.stages[0]!.instructions[1]);
    const result = planEdits(tree, flagEdits(0, 1, flags, { ...flags, ...change }));
    if (!result.ok) throw new Error(result.reason);
    expect(applyEdits(text, result.edits)).toBe(`FROM x\nCOPY --from=y ${after}/a /b\n`);
  });
});

describe("what is lost with an edge", () => {
  const copy = (end: string) => `FROM a AS b\nFROM c\nCOPY --from=b /x /app\n${end}`;
  const unused = "Nothing else uses b: a build without a target then skips it.";
  test.each<[name: string, text: string, losses: string[]]>([
    ["its source is used by nothing else", copy(""), [unused]],
    ["its source is used elsewhere", copy("COPY --from=b /y /z\n"), []],
    ["an image is not lost", "FROM c\nCOPY --from=b:1 /x /y\n", []],
    ["who names its path", copy('CMD ["/app"]\n'), [unused, "Line 4 (CMD) names /app, which it brings in."]],
    [
      "and what is below it",
      copy("RUN ls /app/x\n"),
      [unused, "Line 4 (RUN) names /app, which it brings in."],
    ],
    ["not who names a longer path", copy("RUN /apple /opt/app\n"), [unused]],
  ])("%s", (_, text, losses) => {
    const state = stateOf(text);
    expect(lossesOf(state, state.graph.edges.find(({ kind }) => kind === "copy")!)).toEqual(losses);
  });
});

describe("sources by the words that people type", () => {
  const state = stateOf("FROM a:1 AS one\nFROM b\nFROM c AS three\nCOPY --from=one / /\n");
  test.each([
    ["one", { kind: "stage", index: 0 }],
    [" ONE ", { kind: "stage", index: 0 }],
    ["stage-1", { kind: "stage", index: 1 }],
    ["node:22", { kind: "image", ref: "node:22" }],
  ])("%s", (name, source) => {
    expect(sourceNamed(state, name)).toEqual(source);
  });
  test("likely are those before it, the nearest first, and images", () => {
    expect(likelySources(state, "s2")).toEqual(["stage-1", "one", "a:1", "b", "c"]);
  });
});
