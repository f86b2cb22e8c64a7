/** Quick fixes of what checks find. */
import { evaluationOf } from "@/lib/build/evaluation";
import { findingsOf, fixesFor, ignoresFor } from "@/lib/dockerfile/service";
import { monacoEdits, rangeAt } from "./places";
import type { Read } from "./providers";
import { monaco } from "./setup";

export function codeActions(read: Read): monaco.languages.CodeActionProvider {
  return {
    provideCodeActions(model, range, context) {
      const state = read(model);
      if (!state) return null;
      const { tree, options } = state;
      const actions: monaco.languages.CodeAction[] = [];
      for (const finding of findingsOf(tree, evaluationOf(options))) {
        const place = rangeAt(tree, finding.range);
        if (!monaco.Range.areIntersectingOrTouching(place, range)) continue;
        const fixes = fixesFor(tree, finding);
        for (const fix of [...fixes, ...ignoresFor(tree, finding)]) {
          actions.push({
            title: fix.title,
            kind: "quickfix",
            isPreferred: fix === fixes[0],
            diagnostics: context.markers.filter((marker) => marker.message === finding.message),
            edit: {
              edits: monacoEdits(tree, fix.edits).map((textEdit) => ({
                resource: model.uri,
                versionId: model.getVersionId(),
                textEdit,
              })),
            },
          });
        }
      }
      return { actions, dispose() {} };
    },
  };
}
