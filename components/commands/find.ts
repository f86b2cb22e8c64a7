/** Finding: commands, keys, and places in the graph. */
import { PALETTE_KEY } from "./keys";
import type { Command } from "./types";

export const findCommands: readonly Command[] = [
  {
    id: "palette.open",
    title: "Find a command or a place",
    group: "Find",
    keys: [PALETTE_KEY],
    scope: "page",
    words: "palette actions go to jump",
    perform: ({ canvas, focus }) => canvas.change({ overlay: { kind: "palette", from: focus } }),
  },
  {
    id: "search.open",
    title: "Search the graph",
    group: "Find",
    keys: ["/"],
    scope: "notFields",
    words: "find stage image path instruction text",
    available: ({ canvas, document }) =>
      canvas.view === null
        ? "The canvas is not on screen."
        : document.graph.stages.length > 0 || "There is no stage yet.",
    perform: ({ canvas }) => canvas.change({ search: canvas.search ?? "" }),
  },
  {
    id: "keys.show",
    title: "Show all keys",
    group: "Find",
    keys: ["?"],
    scope: "notFields",
    words: "keyboard shortcuts help",
    perform: ({ canvas }) => canvas.change({ overlay: { kind: "keys" } }),
  },
];
