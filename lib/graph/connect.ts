/**
 * A connection drawn or pulled somewhere else on the canvas, as the edits that make it true in the text, or the reason
 * why Dockerfile can't say it, with what would help. Whether an edit is possible is for planEdits to judge; here it is
 * put together and put into words.
 */
import { type Dockerfile, type DockerfileEdit, type EditResult, reparse } from "../dockerfile";
import { editsFor, lineOf } from "./connect-edits";
import { refusalOf } from "./connect-refusals";
import { remedyFor } from "./connect-remedies";

export { mountIndex, mountSettings } from "./connect-edits";
export { describeEdit, referenceAt, sourceLabel, sourceOfReference } from "./connect-words";

export type ConnectionSource = { kind: "stage"; index: number } | { kind: "image"; ref: string };

/** Which reference of the text is meant: the nth of an instruction; FROM is instruction 0. */
export interface ReferencePlace {
  stage: number;
  instruction: number;
  reference: number;
}

/** `to` is the index of the stage that it is let go on. */
export type Connection =
  /** from the base handle: FROM */
  | { kind: "from"; from: ConnectionSource; to: number }
  /** from the files handle: COPY, before instruction `at` where that is given */
  | { kind: "copy"; from: ConnectionSource; to: number; at?: number }
  /** from the files handle onto a RUN: a mount */
  | { kind: "mount"; from: ConnectionSource; to: number; instruction: number }
  /** the end that an edge comes from, somewhere else */
  | { kind: "source"; edge: ReferencePlace; from: ConnectionSource }
  /** the end where a COPY arrives, somewhere else: the instruction moves */
  | { kind: "target"; edge: ReferencePlace; to: number; at?: number }
  /** the end where a mount arrives, to another RUN */
  | { kind: "mountTarget"; edge: ReferencePlace; to: number; instruction: number };

export interface Remedy {
  /** On the button: "Move builder above test". */
  label: string;
  /** All there is to do, what was tried included. */
  edits: readonly DockerfileEdit[];
  /** What else that changes. */
  notes: readonly string[];
}

export type ConnectionPlan =
  | {
      ok: true;
      edits: readonly DockerfileEdit[];
      /** what the text will say */
      line: string;
      /** what else changes */
      notes: readonly string[];
    }
  | { ok: false; reason: string; remedy: Remedy | null };

/** `plan` is planEdits with what else may forbid an edit (no right to edit, text that does not parse). */
export function planConnection(
  tree: Dockerfile,
  connection: Connection,
  plan: (edits: readonly DockerfileEdit[]) => EditResult,
): ConnectionPlan {
  const refusal = refusalOf(tree, connection);
  if (refusal !== null) return { ok: false, reason: refusal, remedy: null };
  const edits = editsFor(tree, connection);
  const result = plan(edits);
  if (!result.ok) return { ok: false, reason: result.reason, remedy: remedyFor(tree, connection, plan) };
  const line = lineOf(reparse(tree, result.edits), connection, result.select);
  return { ok: true, edits, line, notes: result.notes };
}
