/** The edges of two versions, each found again by its ends and by the row that makes it. */
import type { GraphEdge, StageGraph } from "../types";
import type { ComparedEdge, ComparedStage } from "./types";

/** Both graphs name a stage that both have alike. */
export function compareEdges(
  before: StageGraph,
  after: StageGraph,
  stages: readonly ComparedStage[],
): ComparedEdge[] {
  const rows = { before: rowsByInstruction(stages, "before"), after: rowsByInstruction(stages, "after") };
  const found = new Map<string, ComparedEdge>();
  const add = (side: "before" | "after", edge: GraphEdge, counts: Map<string, number>) => {
    const { kind, source, target, instruction } = edge;
    const row = instruction === 0 ? null : (rows[side].get(target)?.get(instruction) ?? null);
    const key = `${kind}:${source}>${target}:${row ?? "from"}`;
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    const id = `${key}:${nth}`;
    const known = found.get(id);
    if (known === undefined) {
      const sides = { before: null, after: null, [side]: edge };
      found.set(id, {
        id,
        mark: side === "before" ? "removed" : "added",
        kind,
        source,
        target,
        row,
        ...sides,
      });
    } else {
      known[side] = edge;
      known.mark = samePaths(known.before!, known.after!) ? "same" : "changed";
    }
  };
  const counts = { before: new Map<string, number>(), after: new Map<string, number>() };
  for (const edge of before.edges) add("before", edge, counts.before);
  for (const edge of after.edges) add("after", edge, counts.after);
  return [...found.values()];
}

function samePaths(a: GraphEdge, b: GraphEdge): boolean {
  return (
    a.destination === b.destination &&
    a.sources.length === b.sources.length &&
    a.sources.every((path, at) => path === b.sources[at])
  );
}

/** By stage and instruction of one version, the place among the compared rows. */
function rowsByInstruction(stages: readonly ComparedStage[], side: "before" | "after") {
  return new Map(
    stages.map(({ id, rows }) => [
      id,
      new Map(rows.flatMap((row, at) => (row[side] ? [[row[side].instruction, at] as const] : []))),
    ]),
  );
}
