/** The graph as a Mermaid flowchart, as README files show it. */
import type { StageGraph } from "../types";
import { edgeLabel, idsOf } from "./labels";

export function toMermaid(graph: StageGraph): string {
  const ids = idsOf(graph);
  const lines = ["flowchart LR"];
  for (const image of graph.images) lines.push(`  ${ids.get(image.id)}([${quote(image.ref)}])`);
  for (const stage of graph.stages) {
    const text = stage.platform ? `${stage.label} (${stage.platform})` : stage.label;
    const name = quote(text);
    lines.push(`  ${ids.get(stage.id)}${stage.final ? `[[${name}]]` : `[${name}]`}`);
  }
  for (const edge of graph.edges) {
    const label = edge.kind === "from" ? "" : `|${quote(edgeLabel(edge))}|`;
    const arrow = edge.kind === "from" ? "-->" : "-.->";
    lines.push(`  ${ids.get(edge.source)} ${arrow}${label} ${ids.get(edge.target)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** A quoted text: Mermaid knows entities by number, and takes neither quotes, Markdown nor HTML literally. */
function quote(text: string): string {
  return `"${text.replace(/["#&<>`*_\\\n]/g, (char) => `#${char.charCodeAt(0)};`)}"`;
}
