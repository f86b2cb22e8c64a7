/** What is done to edges. Drawing them by keyboard is in ./connect. */
import { edgesAt, openEdges } from "@/components/canvas/edges/open-edge";
import type { GraphEdge } from "@/lib/graph/types";
import type { Command, CommandContext } from "./types";

/** The edge that is selected, or those that arrive at the row or card that has the focus or is selected. */
export function edgesHere({ document, here }: CommandContext): GraphEdge[] {
  const { selection, graph } = document;
  if (selection.kind === "edge") return graph.edges.filter(({ id }) => id === selection.edge);
  const place =
    here ??
    (selection.kind === "instruction"
      ? { node: selection.stage, instruction: selection.instruction }
      : selection.kind === "stage"
        ? { node: selection.stage, instruction: null }
        : null);
  return place ? edgesAt(graph, place.node, place.instruction ?? 0) : [];
}

const here = (context: CommandContext): true | string =>
  edgesHere(context).length > 0 || "Select an edge first, or the row or stage that it arrives at.";

const mayEdit = (context: CommandContext): true | string | false =>
  context.document.rights.edit && here(context);

const WORDS = {
  from: "Edit the base and platform…",
  copy: "Edit the paths of the copy…",
  mount: "Edit the mount…",
};

export const edgeCommands: readonly Command[] = [
  {
    id: "edge.open",
    title: (context) => {
      const [edge] = edgesHere(context);
      if (!context.document.rights.edit) return "Show what the edge says";
      return edge ? WORDS[edge.kind] : "Edit the edge…";
    },
    group: "Edge",
    keys: ["E"],
    words: "paths chown chmod link source target COPY --from mount FROM retarget",
    available: here,
    perform: (context) => openEdges(context, edgesHere(context)),
  },
  {
    id: "edge.remove",
    title: "Delete the edge",
    group: "Edge",
    words: "COPY --from mount",
    available: mayEdit,
    perform(context) {
      const edges = edgesHere(context);
      const [edge] = edges;
      // Which of several is chosen from a list.
      if (edges.length > 1) return openEdges(context, edges);
      if (!edge) return;
      context.document.select({ kind: "edge", edge: edge.id }, "canvas");
      context.canvas.view?.deeds.removeSelected();
    },
  },
  {
    id: "edge.source",
    title: "Go to what the edge comes from",
    group: "Edge",
    available: here,
    perform(context) {
      const [edge] = edgesHere(context);
      if (edge) context.canvas.view?.goTo({ node: edge.source, instruction: null });
    },
  },
];
