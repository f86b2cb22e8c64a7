/** What one keystroke costs: from an edit of one line to the new tree, and on to the new graph. */
import { type Dockerfile, parseDockerfile, reparse } from "../lib/dockerfile";
import { buildGraph, EMPTY_GRAPH } from "../lib/graph/graph";
import { type TrackedStage, trackStages } from "../lib/graph/identity";
import type { StageGraph } from "../lib/graph/types";
import type { TextEdit } from "../lib/text";
import { longDockerfile } from "./corpus";
import { median, spread, timed } from "./statistics";

const ROUNDS = 200;

const STAGES = longDockerfile(527);
const OPEN = STAGES.replace(" && \\", " <<E");
const ONE_STAGE = `FROM a\n${"RUN make all # and more\n".repeat(10_000)}`;

/** Something typed in the middle of a file, and taken away again. */
const EDITS: { what: string; text: string; at: string; typed: string }[] = [
  { what: "a letter in a RUN", text: STAGES, at: "./cmd", typed: "x" },
  { what: "a new line", text: STAGES, at: "RUN echo 3", typed: "RUN new\n" },
  { what: "a stage's name", text: STAGES, at: "\nWORKDIR", typed: "x" },
  { what: "a source of a COPY", text: STAGES, at: "alpine:3.20", typed: "x" },
  { what: "half an ENV, which does not parse", text: STAGES, at: "RUN echo 3", typed: "ENV A\n" },
  { what: "a letter behind an open heredoc", text: OPEN, at: "./cmd", typed: "x" },
  { what: "the start of a heredoc, which stays open", text: STAGES, at: " && \\", typed: " <<E" },
  { what: "a letter in one stage of 10,000 instructions", text: ONE_STAGE, at: "all", typed: "x" },
  { what: "a new line in one stage of 10,000 instructions", text: ONE_STAGE, at: "RUN", typed: "RUN x\n" },
];

export function benchEdits(): void {
  console.log(
    `an edit in the middle of ${STAGES.split("\n").length} lines, in ms to the tree, and to the graph:`,
  );
  for (const { what, text, at, typed } of EDITS) {
    const place = text.indexOf(at, text.length >> 1);
    const { trees, graphs } = type(text, place, typed);
    console.log(
      `  ${what.padEnd(48)} ${median(trees).toFixed(2)}   ${median(graphs).toFixed(2)} (${spread(graphs, 2)})`,
    );
  }
  const whole = Array.from({ length: 20 }, () => timed(() => parseDockerfile(STAGES)));
  console.log(`  all read anew ${median(whole).toFixed(2)} (${spread(whole, 2)})`);
}

function type(text: string, at: number, typed: string) {
  let shown = show(parseDockerfile(text), [], [], EMPTY_GRAPH);
  const trees: number[] = [];
  const graphs: number[] = [];
  for (let round = -60; round < ROUNDS; round++) {
    const there = round % 2 !== 0;
    const edit = there
      ? { start: at, end: at + typed.length, text: "" }
      : { start: at, end: at, text: typed };
    let tree = shown.tree;
    const toTree = timed(() => {
      tree = reparse(shown.tree, [edit]);
    });
    const onwards = timed(() => {
      shown = show(tree, [edit], shown.stages, shown.graph);
    });
    if (round < 0) continue;
    trees.push(toTree);
    graphs.push(toTree + onwards);
  }
  return { trees, graphs };
}

let given = 0;

function show(tree: Dockerfile, edits: TextEdit[], before: readonly TrackedStage[], previous: StageGraph) {
  const found = tree.stages.map(({ range, name, index }) => ({ start: range.start, name, index }));
  const stages = trackStages(
    before,
    edits,
    () => [],
    found,
    () => `stage:${given++}`,
  );
  const ids = stages.map(({ id }) => id);
  return { tree, stages, graph: buildGraph(tree, ids, previous) };
}
