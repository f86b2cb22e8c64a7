/** `stagecraft inspect`: the graph of stages in one of several forms, or of what a build would make of it. */
import { type Dockerfile, type ResolvedBuild, type ResolvedStage, resolveBuild } from "../lib/dockerfile";
import { describeDockerfile } from "../lib/dockerfile/description";
import type { BuildOptions } from "../lib/dockerfile/variables";
import { graphOfBuild } from "../lib/graph/build-graph";
// Each by itself: the other forms of export would bring libraries, and the command line is to start at once.
import { toDot } from "../lib/graph/export/dot";
import { toMermaid } from "../lib/graph/export/mermaid";
import { toSvg } from "../lib/graph/export/svg";
import { toText } from "../lib/graph/export/text";
import { buildGraph, EMPTY_GRAPH } from "../lib/graph/graph";
import type { StageGraph } from "../lib/graph/types";
import { describeBuild } from "./build-options";
import { formatFinding, harmless } from "./compiler-style";
import { forEachFile } from "./files";
import { errorsOf } from "./findings";

interface Inspected {
  path: string;
  tree: Dockerfile;
  /** of the text as it is */
  whole: StageGraph;
  /** of what is built, where a build is asked about */
  graph: StageGraph;
  build: ResolvedBuild | null;
}

const WRITERS: Record<string, (inspected: Inspected) => string> = {
  text: ({ graph, whole, build }) => toText(graph) + (build === null ? "" : asideOf(whole, build)),
  dot: ({ graph, path }) => toDot(graph, path),
  mermaid: ({ graph }) => toMermaid(graph),
  svg: ({ graph, path }) => toSvg(graph, path),
  json: ({ whole, path, tree, build }) => {
    const { stages, images, edges } = whole;
    const graph = { stages, images, edges };
    const asked = build === null ? {} : { build: describeBuild(build) };
    return `${JSON.stringify({ path, ...describeDockerfile(tree), graph, ...asked })}\n`;
  },
};

/** Forms of which several after each other make sense. */
const SEVERAL = new Set(["text", "json", "dot"]);

/** Prints what can be made out also of a file that BuildKit would refuse; its errors go to the standard error. */
export function inspect(files: string[], format: string, options: BuildOptions | null): number {
  const write = WRITERS[format] as (inspected: Inspected) => string;
  if (files.length > 1 && !SEVERAL.has(format)) {
    process.stderr.write(`stagecraft: ${format} is one picture; name one file.\n`);
    return 2;
  }
  let errors = 0;
  const missed = forEachFile(files, (tree, path) => {
    const ids = tree.stages.map(({ index }) => `stage:${index}`);
    const whole = buildGraph(tree, ids, EMPTY_GRAPH);
    const build = options === null ? null : resolveBuild(tree, options);
    const graph = build === null ? whole : graphOfBuild(tree, whole, build);
    if (format === "text" && files.length > 1) process.stdout.write(`${path}:\n`);
    process.stdout.write(write({ path, tree, whole, graph, build }));
    if (format === "text" && files.length > 1 && path !== files.at(-1)) process.stdout.write("\n");
    const found = build === null ? errorsOf(tree) : errorsOf(build);
    errors += found.length;
    for (const error of found) process.stderr.write(formatFinding(error, tree, path));
    if (build === null || build.error === null || found.length > 0) return;
    process.stderr.write(`stagecraft: ${path}: ${harmless(build.error)}\n`);
    errors++;
  });
  return missed ? 2 : errors > 0 ? 1 : 0;
}

/** What the picture of a build does not show: a line each. */
function asideOf(whole: StageGraph, build: ResolvedBuild): string {
  if (build.target === null) return "";
  let text = "";
  for (const { index, label } of whole.stages) {
    const { needed, replacedBy } = build.stages[index] as ResolvedStage;
    if (needed && replacedBy !== null) text += `${label} is replaced by ${replacedBy.source}\n`;
  }
  const left = whole.stages.filter(({ index }) => build.stages[index]?.needed === false);
  if (left.length > 0) text += `not needed: ${left.map(({ label }) => label).join(", ")}\n`;
  const unknown = build.unknownContexts.map(({ name }) => name);
  if (unknown.length > 0) text += `contexts that nothing goes by: ${unknown.join(", ")}\n`;
  return text;
}
