/** What the list says of an instruction beside its words: what its row on the card shows, in the same order. */
import { formatBytes, formatDuration } from "@/lib/build/format";
import type { StepState } from "@/lib/build/state";
import { FORETOLD_WORDS, type Foretold } from "../foretold";

export interface RowNews {
  step: StepState | undefined;
  failed: boolean;
  exitCode: number | null;
  /** What it added; null where that is not known. */
  bytes: number | null;
  problem: string | null;
  foretold: Foretold | null;
  /** Milliseconds that it took in earlier builds, while one is under way. */
  expected: number | null;
  /** What it will take of the build context; null where the build says more. */
  copy: string | null;
}

/** Without the time that a running step has taken so far, which goes on by itself. */
export function rowFacts(news: RowNews): string[] {
  const { step, failed, exitCode, bytes, problem, foretold, expected, copy } = news;
  const took =
    step && step.started !== null && step.completed !== null ? step.completed - step.started : null;
  const open = step?.status === "running" || step?.status === "waiting";
  const facts = [
    foretold && FORETOLD_WORDS[foretold],
    failed ? "failed" : step?.status,
    exitCode !== null && `exit ${exitCode}`,
    open && expected !== null && `about ${formatDuration(expected)} in earlier builds`,
    bytes !== null && bytes > 0 && formatBytes(bytes),
    step?.status === "done" && took !== null && formatDuration(took),
    copy !== null && `takes ${copy}`,
    problem,
  ];
  return facts.filter((fact) => typeof fact === "string");
}
