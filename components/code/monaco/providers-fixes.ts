/** Quick fixes of what checks find. */
import { evaluationOf } from "@/lib/build/evaluation";
import type { Diagnostic } from "@/lib/dockerfile";
import { findingsOf, fixesFor, ignoresFor } from "@/lib/dockerfile/service";
import { monacoEdits, rangeAt } from "./places";
import type { Read } from "./providers";
import { monaco } from "./setup";

export function codeActions(read: Read): monaco.languages.CodeActionProvider {
  return {
    provideCodeActions(model, range, context) {
      const state = read(model);
      if (!state) return null;
      const { tree, options, findings } = state;
      const actions: monaco.languages.CodeAction[] = [];
      const isHere = (finding: Diagnostic) =>
        monaco.Range.areIntersectingOrTouching(rangeAt(tree, finding.range), range);
      // Monaco asks wherever the cursor comes to rest. What is known may be a moment behind the text: where there is
      // something, it is worked out for the text as it is.
      if (!findings.some(isHere)) return null;
      for (const finding of findingsOf(tree, evaluationOf(options))) {
        if (!isHere(finding)) continue;
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
