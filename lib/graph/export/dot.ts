/** The graph in Graphviz's language. */
import type { StageGraph } from "../types";
import { edgeLabel, idsOf } from "./labels";

export function toDot(graph: StageGraph, title: string): string {
  const ids = idsOf(graph);
  const lines = [
    `digraph ${quote(title)} {`,
    "  rankdir=LR;",
    '  node [shape=box, style=rounded, fontname="monospace"];',
    '  edge [fontname="monospace", fontsize=10];',
  ];
  for (const image of graph.images) {
    lines.push(`  ${ids.get(image.id)} [label=${quote(image.ref)}, style="rounded,dashed"];`);
  }
  for (const stage of graph.stages) {
    const platform = stage.platform ? `\n${stage.platform}` : "";
    const weight = stage.final ? ", penwidth=2" : "";
    lines.push(`  ${ids.get(stage.id)} [label=${quote(stage.label + platform)}${weight}];`);
  }
  for (const edge of graph.edges) {
    const style = { from: "solid", copy: "dashed", mount: "dotted" }[edge.kind];
    const label = edge.kind === "from" ? "" : `, label=${quote(edgeLabel(edge))}`;
    lines.push(`  ${ids.get(edge.source)} -> ${ids.get(edge.target)} [style=${style}${label}];`);
  }
  return `${lines.join("\n")}\n}\n`;
}

/** A quoted ID: a backslash before anything but a quote would be an escape of labels, so each is doubled. */
function quote(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}
