/** Whether twice as much takes twice as long: everything that runs on a whole file, on files of every awkward shape. */

import { matchStages } from "../lib/build/match";
import {
  type Dockerfile,
  evaluate,
  parseDockerfile,
  planEdit,
  reparse,
  resolveBuild,
  tokenize,
} from "../lib/dockerfile";
import { checkDockerfile } from "../lib/dockerfile/checks";
import { checkGraph } from "../lib/dockerfile/checks/graph";
import { variablesOf } from "../lib/dockerfile/service";
import { toDot, toMermaid, toText } from "../lib/graph/export";
import { buildGraph, EMPTY_GRAPH } from "../lib/graph/graph";
import { trackStages } from "../lib/graph/identity";
import { longDockerfile } from "./corpus";

/** Above this a step is called worse than linear: a quadratic one is at 4, and collecting garbage brings others above 2. */
const WORSE = 3.5;
/** What takes less, in milliseconds, says nothing. */
const NOTHING = 30;

const rows = (n: number, row: (n: number) => string) =>
  Array.from({ length: n }, (_, at) => row(at)).join("");

const SHAPES: { what: string; n: number; text: (n: number) => string }[] = [
  { what: "letters in one line", n: 1_000_000, text: (n) => `FROM a\nRUN echo ${"x".repeat(n)}\n` },
  { what: "ENV pairs in one line", n: 125_000, text: (n) => `FROM a\nENV ${"A=b ".repeat(n)}\n` },
  {
    what: "ENV pairs, a line each",
    n: 50_000,
    text: (n) => `FROM a\nENV B=c${rows(n, (at) => ` \\\n A${at}=b`)}\n`,
  },
  { what: "lines of one RUN", n: 50_000, text: (n) => `FROM a\nRUN true${" \\\n && make $A".repeat(n)}\n` },
  {
    what: "sources of one COPY",
    n: 50_000,
    text: (n) => `FROM a\nCOPY${rows(n, (at) => ` \\\n f${at}`)} /x/\n`,
  },
  { what: "instructions", n: 50_000, text: (n) => `FROM a\n${"RUN make all\n".repeat(n)}` },
  {
    what: "COPYs in one stage",
    n: 20_000,
    text: (n) => `FROM a AS b\nFROM c\n${rows(n, (at) => `COPY --from=b /f${at} /g${at}\n`)}`,
  },
  { what: "stages", n: 2_500, text: longDockerfile },
  {
    what: "stages with an ENV and an ARG each, one on the other",
    n: 5_000,
    text: (n) =>
      `FROM a AS s0\n${rows(n, (at) => `FROM s${at} AS s${at + 1}\nENV A${at}=b\nARG B${at}=$A${at >> 1}\n`)}`,
  },
  {
    what: "stages with an ENV each, all on one with as many",
    n: 2_500,
    text: (n) =>
      `FROM a AS s0\n${rows(n, (at) => `ENV A${at}=b\n`)}${rows(n, (at) => `FROM s0 AS t${at}\nENV B${at}=c\n`)}`,
  },
  {
    what: "stages that copy from the first",
    n: 5_000,
    text: (n) => `FROM a AS b\n${rows(n, () => "FROM c\nCOPY --from=b /x /y\n")}`,
  },
  { what: "global ARGs", n: 20_000, text: (n) => `${rows(n, (at) => `ARG A${at}=$A${at - 1}\n`)}FROM a\n` },
  { what: "faulty instructions", n: 20_000, text: (n) => `FROM a\n${"COPY x\n".repeat(n)}` },
  { what: "faulty stages", n: 5_000, text: (n) => rows(n, (at) => `FROM a AS ${at}\n`) },
  { what: "unterminated heredocs", n: 20_000, text: (n) => `FROM a\n${rows(n, (at) => `RUN <<E${at}\n`)}` },
  {
    what: "substitutions in each other",
    n: 5_000,
    text: (n) => `FROM a\nENV A=${"${B:-".repeat(n)}c${"}".repeat(n)}\n`,
  },
  {
    what: "brackets in each other",
    n: 25_000,
    text: (n) => `FROM a\nCMD ${"[".repeat(n)}${"]".repeat(n)}\n`,
  },
  { what: "comment lines", n: 100_000, text: (n) => `${"# why\n".repeat(n)}FROM a\n` },
];

interface Prepared {
  text: string;
  tree: Dockerfile;
  ids: string[];
}

const STEPS: { what: string; run: (file: Prepared) => unknown }[] = [
  { what: "parse", run: ({ text }) => parseDockerfile(text).stages },
  { what: "tokens", run: ({ tree }) => tokenize(tree) },
  { what: "checks", run: ({ tree }) => checkDockerfile(tree) },
  { what: "build", run: ({ tree }) => resolveBuild(tree) },
  { what: "variables", run: ({ tree }) => evaluate(tree, {}, () => {}) },
  { what: "names", run: ({ text }) => variablesOf(parseDockerfile(text)) },
  { what: "graph checks", run: ({ tree }) => checkGraph(tree) },
  { what: "graph", run: ({ tree, ids }) => buildGraph(tree, ids, EMPTY_GRAPH) },
  { what: "identity", run: ({ tree }) => identity(tree) },
  {
    what: "match",
    run: ({ tree }) => matchStages(tree.stages, parseDockerfile(`${tree.source}RUN x\n`).stages),
  },
  { what: "keystroke", run: keystroke },
  {
    what: "edit",
    run: ({ tree }) =>
      planEdit(tree, { type: "addStage", at: tree.stages.length, base: "x", name: "new-one" } as never),
  },
  {
    what: "export",
    run: ({ tree, ids }) => {
      const graph = buildGraph(tree, ids, EMPTY_GRAPH);
      return [toMermaid(graph), toDot(graph, "x"), toText(graph)];
    },
  },
];

export function benchGrowth(): void {
  console.log("how long a whole file takes, in ms, and how many times longer one twice as long:");
  for (const { what, n, text } of SHAPES) {
    const [once, twice] = [prepare(text(n)), prepare(text(2 * n))];
    const found = STEPS.map(({ what: step, run }) => {
      const first = least(() => run(once));
      const second = least(() => run(twice));
      const ratio = second / first;
      const counts = second > NOTHING;
      return {
        step,
        ratio,
        text: `${step} ${first.toFixed(1)}${counts ? ` ×${ratio.toFixed(1)}` : ""}${counts && ratio > WORSE ? " (!)" : ""}`,
      };
    });
    console.log(`  ${n.toLocaleString("en")} ${what}: ${found.map(({ text }) => text).join(", ")}`);
  }
}

function prepare(text: string): Prepared {
  const tree = parseDockerfile(text);
  return { text, tree, ids: tree.stages.map(({ index }) => `stage:${index}`) };
}

function identity(tree: Dockerfile): unknown {
  const found = tree.stages.map(({ range, name, index }) => ({ start: range.start, name, index }));
  const before = found.map((stage) => ({ ...stage, id: `stage:${stage.index}` }));
  // Every stage a little further on, and the first one gone.
  const edit = { start: 0, end: 1, text: "" };
  return trackStages(
    before,
    [edit],
    () => before,
    found,
    () => "new",
  );
}

function keystroke({ tree, ids }: Prepared): unknown {
  const at = tree.source.indexOf("\n", tree.source.length >> 1);
  const next = reparse(tree, [{ start: at, end: at, text: "x" }]);
  const now = next.stages.map(({ index }) => ids[index] ?? `new:${index}`);
  return buildGraph(next, now, EMPTY_GRAPH);
}

/** Milliseconds of the processor, so that other programs do not make a step look worse than it is. */
function least(work: () => unknown): number {
  let time = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    time = Math.min(time, (user + system) / 1000);
  }
  return time;
}
