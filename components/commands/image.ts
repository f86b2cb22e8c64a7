/** What is done to images from outside, and to the ARGs that they may come from. */
import type { ImageNode } from "@/lib/graph/types";
import type { Command, CommandContext } from "./types";

/** The image that the focus or the selection is at. */
function imageHere({ document, here }: CommandContext): ImageNode | undefined {
  const { selection, graph } = document;
  const id = here?.node ?? (selection.kind === "image" ? selection.image : null);
  return graph.images.find((image) => image.id === id || image.ref === id);
}

export const imageCommands: readonly Command[] = [
  {
    id: "image.replace",
    title: (context) => `Replace ${imageHere(context)?.ref ?? "image"} everywhere…`,
    group: "Image",
    words: "change tag version registry host FROM",
    available: (context) =>
      context.document.rights.edit && (imageHere(context) !== undefined || "Select an image first."),
    perform(context) {
      const image = imageHere(context);
      if (!image) return;
      const choosing = { kind: "image", image: image.id, beside: { node: image.id } } as const;
      context.canvas.change({ choosing });
    },
  },
  {
    id: "argument.add",
    title: "Add a global ARG…",
    group: "Image",
    words: "variable version before FROM",
    available: ({ document }) => document.rights.edit,
    perform: ({ canvas }) => canvas.change({ argument: { name: null, field: "name" } }),
  },
];
