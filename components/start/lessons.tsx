"use client";
import { LessonCards } from "@/components/learn/lesson-cards";
import type { Lesson } from "@/lib/learn";
import styles from "./start.module.css";

export function Lessons({ making, onChoose }: { making: string | null; onChoose(lesson: Lesson): void }) {
  return (
    <section aria-labelledby="lessons">
      <h2 id="lessons">Learn by building</h2>
      <p className={styles.lead}>
        Each lesson is a document with files; it sees what you do on the canvas, in the text and by building.
      </p>
      <LessonCards making={making} onChoose={onChoose} />
    </section>
  );
}
