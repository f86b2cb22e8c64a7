/** What is done to the document as a whole. */
import type { Command, CommandContext } from "./types";

const mayEdit = ({ document }: CommandContext): true | false => document.rights.edit || false;

export const documentCommands: readonly Command[] = [
  {
    id: "document.undo",
    title: "Undo",
    group: "Document",
    keys: ["Mod+Z"],
    available: (context) => mayEdit(context) && (context.document.canUndo || "There is nothing to undo."),
    perform: ({ document }) => document.undo(),
  },
  {
    id: "document.redo",
    title: "Redo",
    group: "Document",
    keys: ["Mod+Shift+Z", "Mod+Y"],
    available: (context) => mayEdit(context) && (context.document.canRedo || "There is nothing to redo."),
    perform: ({ document }) => document.redo(),
  },
  {
    id: "document.save",
    title: "Save now",
    group: "Document",
    keys: ["Mod+S"],
    scope: "page",
    available: mayEdit,
    perform: ({ flush }) => flush().catch(() => {}),
  },
];
