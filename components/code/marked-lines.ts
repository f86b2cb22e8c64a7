/** Which lines are marked, and why: what is selected, and where the build on show has failed. */
import type { BuildError } from "@/lib/build/events";
import { selectedLines } from "@/lib/store/selection-slice";
import type { DocumentStore } from "@/lib/store/types";

/** First and last line, 1-based. */
export type Lines = readonly [number, number];

export { selectedLines };

export interface Failure {
  lines: Lines;
  /** A few words, for the end of the line. */
  note: string;
  error: BuildError;
}

/**
 * Where the build on show failed, in the text as it is now; null where it did not, or where that line is gone.
 * `error.lines` are those of the text that was built, so they count only where no instruction is named.
 */
export function failureIn({ build, tree }: Pick<DocumentStore, "build" | "tree">): Failure | null {
  const error = build?.state.error;
  if (!error || build.state.status !== "failed") return null;
  const note = error.exitCode === undefined ? "build failed here" : `exit code ${error.exitCode}`;
  if (error.place) {
    const found = tree.stages[error.place.stage]?.instructions[error.place.instruction];
    return found ? { lines: [found.startLine, found.endLine], note, error } : null;
  }
  if (!error.lines || error.vertex !== undefined) return null;
  const [first, last] = error.lines;
  return first >= 1 && last <= tree.lines.lineCount ? { lines: [first, last], note, error } : null;
}

/** All that is known of a failure, as plain text. */
export function failureText({ error }: Failure): string {
  return [error.message, error.hint, error.detail].filter(Boolean).join("\n");
}
