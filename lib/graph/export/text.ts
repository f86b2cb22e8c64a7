/** The graph for a terminal. */
import type { GraphEdge, StageGraph, StageNode } from "../types";

/**
 * A paragraph a stage: what it is called and stands on, then what it takes from where.
 *
 *     final  FROM alpine:3.20                  lines 5-7, the image that is built
 *       COPY from build  /app -> /app          line 6
 */
export function toText(graph: StageGraph): string {
  const names = new Map<string, string>();
  for (const { id, ref } of graph.images) names.set(id, ref);
  for (const { id, label } of graph.stages) names.set(id, label);
  const incoming = new Map<string, GraphEdge[]>();
  for (const edge of graph.edges) {
    const list = incoming.get(edge.target);
    if (list === undefined) incoming.set(edge.target, [edge]);
    else list.push(edge);
  }
  const width = graph.stages.reduce((most, { label }) => Math.max(most, label.length), 0);
  const rows: [string, string][] = [];
  for (const stage of graph.stages) {
    rows.push([`${stage.label.padEnd(width)}  FROM ${stage.baseText}`, about(stage)]);
    for (const edge of incoming.get(stage.id) ?? []) {
      if (edge.kind === "from") continue;
      const word = edge.kind === "copy" ? "COPY" : "mount";
      const files = [edge.sources.join(" "), edge.destination ?? ""].filter((each) => each !== "");
      const source = names.get(edge.source) ?? edge.source;
      rows.push([
        `  ${word} from ${source}  ${files.join(" -> ")}`.trimEnd(),
        `line ${stage.startLine + edge.lineInStage}`,
      ]);
    }
  }
  const column = Math.min(
    72,
    rows.reduce((most, [left]) => Math.max(most, left.length), 0),
  );
  return rows.map(([left, right]) => `${left.padEnd(column)}  ${right}\n`).join("");
}

function about({ startLine, endLine, platform, comment, final }: StageNode): string {
  const parts = [startLine === endLine ? `line ${startLine}` : `lines ${startLine}-${endLine}`];
  if (platform) parts.push(platform);
  if (final) parts.push("the image that is built");
  if (comment) parts.push(comment);
  return parts.join(", ");
}
