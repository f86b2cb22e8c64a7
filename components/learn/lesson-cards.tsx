"use client";
import { formatCount } from "@/lib/build/format";
import { type Lesson, lessons } from "@/lib/learn";
import styles from "./lesson.module.css";

export function LessonCards({
  making,
  onChoose,
}: {
  /** Id of what is being opened meanwhile. */
  making: string | null;
  onChoose(lesson: Lesson): void;
}) {
  return (
    <ol className={styles.cards}>
      {lessons.map((lesson) => (
        <li key={lesson.id}>
          <button
            type="button"
            className={styles.card}
            disabled={making !== null}
            aria-busy={making === lesson.id}
            onClick={() => onChoose(lesson)}
            data-testid="lesson-card"
          >
            <span className={styles.title}>{lesson.title}</span>
            <span className={styles.summary}>{lesson.summary}</span>
            <span className={styles.foot}>
              {making === lesson.id ? "Opening…" : formatCount(lesson.tasks.length, "step")}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
