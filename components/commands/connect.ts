/** Drawing edges without a pointer. */
import { stageHere } from "./stage";
import type { Command, CommandContext } from "./types";

/** The card, of a stage or an image, that the focus or the selection is at. */
function cardHere(context: CommandContext): { id: string; label: string } | null {
  const { selection, graph } = context.document;
  const stageId = stageHere(context);
  const stage = graph.stages.find(({ id }) => id === stageId);
  if (stage) return stage;
  const imageId = context.here?.node ?? (selection.kind === "image" ? selection.image : null);
  const image = graph.images.find(({ id, ref }) => id === imageId || ref === imageId);
  return image ? { id: image.id, label: image.ref } : null;
}

export const connectCommands: readonly Command[] = [
  {
    id: "edge.connectFrom",
    title: (context) => {
      const card = cardHere(context);
      return card ? `Connect from ${card.label}…` : "Connect from here…";
    },
    group: "Edge",
    keys: ["C"],
    words: "draw edge FROM COPY --from mount base files",
    available(context) {
      if (!context.document.rights.edit) return false;
      if (cardHere(context) === null) return "Select the stage or image to connect from first.";
      return context.document.graph.stages.length > 0 || "There is no stage to connect to.";
    },
    perform(context) {
      const card = cardHere(context);
      if (card) context.canvas.change({ overlay: { kind: "connect", source: card.id } });
    },
  },
];
