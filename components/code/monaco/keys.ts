/** Keys that do in the text what they do everywhere: one history, one way to save. */
import { monaco } from "./setup";

export interface Deeds {
  undo(): void;
  redo(): void;
  save(): void;
  format(): void;
}

/** To be disposed with the editor: Monaco keeps actions, and through them the editor, for as long as the page. */
export function bindKeys(editor: monaco.editor.IStandaloneCodeEditor, deeds: Deeds): monaco.IDisposable {
  const { Alt, CtrlCmd, Shift } = monaco.KeyMod;
  const { KeyF, KeyZ, KeyY, KeyS } = monaco.KeyCode;
  const add = (id: string, label: string, keybindings: number[], run: () => void) =>
    editor.addAction({ id: `stagecraft.${id}`, label, keybindings, run });
  const actions = [
    add("undo", "Undo", [CtrlCmd | KeyZ], deeds.undo),
    add("redo", "Redo", [CtrlCmd | Shift | KeyZ, CtrlCmd | KeyY], deeds.redo),
    add("save", "Save now", [CtrlCmd | KeyS], deeds.save),
    // Monaco has another key for it on Linux.
    add("format", "Format", [Shift | Alt | KeyF], deeds.format),
  ];
  return {
    dispose() {
      for (const action of actions) action.dispose();
    },
  };
}
