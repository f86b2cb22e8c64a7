/** Lessons, in the order in which they are best taken. docs/add-a-lesson.md says how to add one. */
import { cache } from "./lessons/cache";
import { fromAnImage } from "./lessons/from-image";
import { smaller } from "./lessons/smaller";
import { testStage } from "./lessons/test-stage";
import type { Lesson } from "./types";

export { type Progress, progressOf } from "./progress";
export type { Facts, Lesson, PastBuild, Task } from "./types";

export const lessons: readonly Lesson[] = [smaller, cache, testStage, fromAnImage];

export const lessonOf = (id: string | null): Lesson | undefined => lessons.find((lesson) => lesson.id === id);

/** The one to go on with; undefined after the last. */
export const lessonAfter = ({ id }: Lesson): Lesson | undefined =>
  lessons[lessons.findIndex((lesson) => lesson.id === id) + 1];
