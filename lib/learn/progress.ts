/** How far somebody is with a lesson. */
import type { Facts, Lesson } from "./types";

export interface Progress {
  /** Tasks done; the one at this index is next. As many as there are once all is done. */
  done: number;
  /** What it came to; null before the end. */
  result: string | null;
}

/** Tasks count in their order: one whose goal happens to hold already waits for those before it. */
export function progressOf(lesson: Lesson, facts: Facts): Progress {
  const open = lesson.tasks.findIndex(({ goal }) => !goal(facts));
  if (open >= 0) return { done: open, result: null };
  return { done: lesson.tasks.length, result: lesson.result(facts) };
}
