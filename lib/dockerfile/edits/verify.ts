import { applyEdits, normaliseEdits, type TextEdit } from "../../text";
import { parseDockerfile } from "../parse";
import type { Dockerfile } from "../types";
import type { Draft } from "./draft";
import { differenceOf, shapeOf } from "./shape";
import type { EditResult } from "./types";

/**
 * Tries a draft on the text and hands it out only if the graph is then what it promises, and nothing that BuildKit took
 * before is refused now. So no edit can do more, or other, than it says.
 */
export function verify(tree: Dockerfile, draft: Draft): EditResult {
  let edits: TextEdit[];
  try {
    edits = normaliseEdits(draft.edits);
  } catch {
    return { ok: false, reason: "The places it would have to change overlap each other." };
  }
  const after = parseDockerfile(applyEdits(tree.source, edits));
  const reason = objection(tree, after, draft);
  if (reason !== null) return { ok: false, reason };
  const result: EditResult = { ok: true, edits, notes: draft.notes };
  if (draft.select !== undefined) result.select = draft.select;
  return result;
}

function objection(before: Dockerfile, after: Dockerfile, draft: Draft): string | null {
  const { expected } = draft;
  let difference: string | null = null;
  if ("shape" in expected) {
    const ids = expected.shape.map((stage) => stage.id);
    difference = differenceOf(expected.shape, shapeOf(after, ids));
  }
  difference ??= expected.test?.(after) ?? null;
  if (difference !== null) return `This cannot be written here: ${difference}.`;
  const errors = (tree: Dockerfile) => tree.diagnostics.filter((each) => each.severity === "error");
  const now = errors(after);
  if (now.length <= errors(before).length) return null;
  const known = new Set(errors(before).map((each) => each.message));
  const fresh = now.find((each) => !known.has(each.message)) ?? now[0];
  return `BuildKit would not take it: ${fresh?.message ?? "the file is not valid"}.`;
}
