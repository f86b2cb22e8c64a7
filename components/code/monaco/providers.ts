/** What Monaco asks of the language, answered for one model from the store's present tree. */
import type { DocumentStore } from "@/lib/store/types";
import { codeActions } from "./providers-fixes";
import { definitions, references, renames } from "./providers-names";
import { folding, formatting, outline } from "./providers-outline";
import { completion, hover } from "./providers-words";
import { LANGUAGE, monaco } from "./setup";

type Asked = Pick<DocumentStore, "tree" | "options" | "findings">;

/** The present state, or null where it is not this model that is asked about. */
export type Read = (model: monaco.editor.ITextModel) => Asked | null;

export function provideLanguage(model: monaco.editor.ITextModel, state: () => DocumentStore) {
  // A text with lone carriage returns stands at other offsets in Monaco: better no answer than one for other words.
  const read: Read = (asked) => {
    if (asked !== model || asked.isDisposed()) return null;
    const { tree, options, findings } = state();
    return asked.getValueLength() === tree.source.length ? { tree, options, findings } : null;
  };
  const { languages } = monaco;
  const registered = [
    languages.registerCompletionItemProvider(LANGUAGE, completion(read)),
    languages.registerHoverProvider(LANGUAGE, hover(read)),
    languages.registerDefinitionProvider(LANGUAGE, definitions(read)),
    languages.registerReferenceProvider(LANGUAGE, references(read)),
    languages.registerRenameProvider(LANGUAGE, renames(read)),
    languages.registerDocumentSymbolProvider(LANGUAGE, outline(read)),
    languages.registerFoldingRangeProvider(LANGUAGE, folding(read)),
    languages.registerDocumentFormattingEditProvider(LANGUAGE, formatting(read)),
    languages.registerCodeActionProvider(LANGUAGE, codeActions(read)),
  ];
  return {
    dispose() {
      for (const one of registered) one.dispose();
    },
  };
}
