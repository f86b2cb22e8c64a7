/** Copies that will take nothing, as problems of the text. */
import type { Diagnostic } from "../../dockerfile";
import type { CopyPreview, CopySource } from "./copies";

export function copyFindings(previews: readonly CopyPreview[]): Diagnostic[] {
  return previews.flatMap(({ sources }) =>
    sources.flatMap((source): Diagnostic[] => {
      if (source.problem === null) return [];
      const severity = source.problem === "noMatch" ? "warning" : "error";
      return [{ severity, code: "CopyTakesNothing", message: inWords(source), range: source.range }];
    }),
  );
}

function inWords({ text, problem, nearest }: CopySource): string {
  switch (problem) {
    case "missing": {
      const instead = nearest ? ` Did you mean “${nearest}”?` : "";
      return `“${text}” is not in the build context: the build will fail here.${instead}`;
    }
    case "ignored":
      return `“${text}” is kept out of the build by the ignore file: the build will fail here.`;
    case "badPattern":
      return `“${text}” is not a valid pattern: the build will fail here.`;
    default:
      return `“${text}” matches nothing in the build context: the step will copy no file for it.`;
  }
}
