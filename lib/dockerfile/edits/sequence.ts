import { composeEdits, type TextEdit } from "../../text";
import { reparse } from "../reparse";
import type { Dockerfile } from "../types";
import { planEdit } from "./index";
import type { DockerfileEdit, EditResult } from "./types";

/**
 * Several edits as one: each is planned on the tree that those before it leave, so its indices are those of that tree.
 * All of them, as text edits into `tree.source`, or the reason why one of them cannot be; nothing is done by halves.
 */
export function planEdits(tree: Dockerfile, edits: readonly DockerfileEdit[]): EditResult {
  let current = tree;
  let written: TextEdit[] = [];
  const notes: string[] = [];
  let select: { stage: number; instruction?: number } | undefined;
  for (const edit of edits) {
    const result = planEdit(current, edit);
    if (!result.ok) return result;
    written = composeEdits(written, result.edits);
    notes.push(...result.notes.filter((note) => !notes.includes(note)));
    select = result.select ?? select;
    current = reparse(current, result.edits);
  }
  return { ok: true, edits: written, notes, ...(select && { select }) };
}
