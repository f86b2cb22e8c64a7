"use client";
import { useMemo } from "react";
import { useDocument } from "@/components/editor/document-context";
import { type Lesson, lessonOf, type Progress, progressOf } from "@/lib/learn";

/** The lesson that is taken on this document, and how far it is; null where there is none. */
export function useLesson(): { lesson: Lesson; progress: Progress } | null {
  const lesson = useDocument((s) => lessonOf(s.lesson));
  const graph = useDocument((s) => s.graph);
  const builds = useDocument((s) => s.history);
  const build = useDocument((s) => s.build?.state ?? null);
  return useMemo(
    () => (lesson ? { lesson, progress: progressOf(lesson, { graph, builds, build }) } : null),
    [lesson, graph, builds, build],
  );
}
