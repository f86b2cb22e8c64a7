/** Keys that do in the text what they do everywhere: one history, one way to save. */
import { monaco } from "./setup";

export interface Deeds {
  undo(): void;
  redo(): void;
  save(): void;
  format(): void;
}

export function bindKeys(editor: monaco.editor.IStandaloneCodeEditor, deeds: Deeds): void {
  const { Alt, CtrlCmd, Shift } = monaco.KeyMod;
  const { KeyF, KeyZ, KeyY, KeyS } = monaco.KeyCode;
  const add = (id: string, label: string, keybindings: number[], run: () => void) =>
    editor.addAction({ id: `stagecraft.${id}`, label, keybindings, run });
  add("undo", "Undo", [CtrlCmd | KeyZ], deeds.undo);
  add("redo", "Redo", [CtrlCmd | Shift | KeyZ, CtrlCmd | KeyY], deeds.redo);
  add("save", "Save now", [CtrlCmd | KeyS], deeds.save);
  // Monaco has another key for it on Linux.
  add("format", "Format", [Shift | Alt | KeyF], deeds.format);
}
