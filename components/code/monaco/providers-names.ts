/** Definition, references and renaming of stages and variables. */
import { definitionAt, planRename, referencesAt, renameTarget } from "@/lib/dockerfile/service";
import { monacoEdits, offsetAt, rangeAt } from "./places";
import type { Read } from "./providers";
import type { monaco } from "./setup";

export function definitions(read: Read): monaco.languages.DefinitionProvider {
  return {
    provideDefinition(model, position) {
      const state = read(model);
      const range = state && definitionAt(state.tree, offsetAt(state.tree, position));
      return range && { uri: model.uri, range: rangeAt(state.tree, range) };
    },
  };
}

export function references(read: Read): monaco.languages.ReferenceProvider {
  return {
    provideReferences(model, position) {
      const state = read(model);
      if (!state) return null;
      const { tree } = state;
      return referencesAt(tree, offsetAt(tree, position)).map((range) => ({
        uri: model.uri,
        range: rangeAt(tree, range),
      }));
    },
  };
}

/** The edits go into the model at once, and from there as one step into the document. */
export function renames(read: Read): monaco.languages.RenameProvider {
  return {
    provideRenameEdits(model, position, newName) {
      const state = read(model);
      if (!state) return { edits: [] };
      const { tree } = state;
      const plan = planRename(tree, offsetAt(tree, position), newName);
      if (!plan.ok) return { edits: [], rejectReason: plan.reason };
      const edits = monacoEdits(tree, plan.edits).map((textEdit) => ({
        resource: model.uri,
        versionId: model.getVersionId(),
        textEdit,
      }));
      return { edits };
    },
    resolveRenameLocation(model, position) {
      const state = read(model);
      const target = state && renameTarget(state.tree, offsetAt(state.tree, position));
      if (target) return { range: rangeAt(state.tree, target.range), text: target.name };
      const { lineNumber, column } = position;
      const range = {
        startLineNumber: lineNumber,
        startColumn: column,
        endLineNumber: lineNumber,
        endColumn: column,
      };
      return { range, text: "", rejectReason: "Only stages and variables of this file can be renamed." };
    },
  };
}
