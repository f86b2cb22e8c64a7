/** Tables of edits: the text before, the edit, and the text after or why it cannot be. */
import { describe, expect, it } from "vitest";
import { type DockerfileEdit, parseDockerfile, planEdit } from "../../lib/dockerfile";
import { applyEdits } from "../../lib/text";

/** `notes`: what the edit says that it changes elsewhere; not looked at where they are left out. */
export type EditRow = [name: string, before: string, edit: DockerfileEdit, after: string, notes?: string[]];

/** `reason` is part of what is said. */
export type Refusal = [name: string, before: string, edit: DockerfileEdit, reason: string];

export const TWO = "FROM golang AS build\nRUN make\n\nFROM alpine\nCOPY --from=build /app /app\nCMD app\n";

export function tryEdits(what: string, rows: EditRow[], refusals: Refusal[] = []): void {
  describe(what, () => {
    it.each(rows)("%s", (_name, before, edit, after, notes) => {
      const result = attempt(before, edit);
      expect(result).toMatchObject(notes === undefined ? { after } : { after, notes });
    });

    it.each(refusals)("refuse %s", (_name, before, edit, reason) => {
      expect(attempt(before, edit)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
    });
  });
}

function attempt(before: string, edit: DockerfileEdit) {
  const result = planEdit(parseDockerfile(before), edit);
  return result.ok ? { after: applyEdits(before, result.edits), notes: result.notes } : result;
}
