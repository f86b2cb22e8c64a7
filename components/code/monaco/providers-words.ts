/** Completion and hover. */
import { evaluationOf } from "@/lib/build/evaluation";
import { type Completion, completionsAt, hoverAt } from "@/lib/dockerfile/service";
import { offsetAt, rangeAt } from "./places";
import type { Read } from "./providers";
import { monaco } from "./setup";

const { CompletionItemKind } = monaco.languages;
const KINDS: Record<Completion["kind"], monaco.languages.CompletionItemKind> = {
  keyword: CompletionItemKind.Keyword,
  flag: CompletionItemKind.Property,
  key: CompletionItemKind.Field,
  value: CompletionItemKind.Value,
  stage: CompletionItemKind.Module,
  image: CompletionItemKind.File,
  variable: CompletionItemKind.Variable,
  directive: CompletionItemKind.Keyword,
};

export function completion(read: Read): monaco.languages.CompletionItemProvider {
  return {
    triggerCharacters: ["=", "-", "$", "{", ",", " ", "#"],
    provideCompletionItems(model, position, { triggerCharacter }) {
      const state = read(model);
      if (!state) return null;
      const { tree, options } = state;
      const all = completionsAt(tree, offsetAt(tree, position), evaluationOf(options));
      // Unasked, a space should not bring a list of flags before every argument.
      const found = triggerCharacter === " " ? all.filter(({ kind }) => kind !== "flag") : all;
      return {
        suggestions: found.map((each, index) => ({
          label: each.label,
          kind: KINDS[each.kind],
          insertText: each.insert,
          range: rangeAt(tree, each.range),
          // As they come: the nearest stage first.
          sortText: String(index).padStart(4, "0"),
          ...(each.detail ? { detail: each.detail } : {}),
          ...(each.documentation ? { documentation: { value: each.documentation } } : {}),
          ...(each.more ? { command: { id: "editor.action.triggerSuggest", title: "Suggest" } } : {}),
        })),
      };
    },
  };
}

export function hover(read: Read): monaco.languages.HoverProvider {
  return {
    provideHover(model, position) {
      const state = read(model);
      if (!state) return null;
      const found = hoverAt(state.tree, offsetAt(state.tree, position), evaluationOf(state.options));
      return found && { range: rangeAt(state.tree, found.range), contents: [{ value: found.text }] };
    },
  };
}
