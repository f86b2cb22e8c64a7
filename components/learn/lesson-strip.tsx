"use client";
/** The lesson on this document: what is to be done now, above the panes, so that it hides none of them. */
import { Check, GraduationCap, Lightbulb, X } from "lucide-react";
import { useState } from "react";
import { useDocumentStore } from "@/components/editor/document-context";
import { Trouble } from "@/components/start/trouble";
import { useCreate } from "@/components/start/use-create";
import { Button, IconButton } from "@/components/ui/button";
import { type Lesson, lessonAfter, type Progress } from "@/lib/learn";
import styles from "./lesson.module.css";
import { useLesson } from "./use-lesson";

export function LessonStrip() {
  const store = useDocumentStore();
  const taken = useLesson();
  if (!taken) return null;
  const { lesson, progress } = taken;
  return (
    <section
      className={styles.strip}
      aria-label={`Lesson: ${lesson.title}`}
      data-testid="lesson"
      data-done={progress.done}
    >
      <div className={styles.head}>
        <GraduationCap size={16} aria-hidden="true" />
        <span className={styles.lesson}>{lesson.title}</span>
        <Steps lesson={lesson} done={progress.done} />
        <IconButton
          label="End the lesson; the document stays"
          onClick={() => store.getState().setLesson(null)}
        >
          <X size={15} aria-hidden="true" />
        </IconButton>
      </div>
      {progress.result === null ? (
        <Next key={progress.done} lesson={lesson} progress={progress} />
      ) : (
        <Done lesson={lesson} result={progress.result} />
      )}
    </section>
  );
}

function Steps({ lesson, done }: { lesson: Lesson; done: number }) {
  const all = lesson.tasks.length;
  return (
    <span className={styles.steps}>
      <span className={styles.dots} aria-hidden="true">
        {lesson.tasks.map(({ title }, at) => (
          <span key={title} data-state={at < done ? "done" : at === done ? "next" : "later"} />
        ))}
      </span>
      {done < all ? `Step ${done + 1} of ${all}` : `All ${all} steps done`}
    </span>
  );
}

function Next({ lesson, progress }: { lesson: Lesson; progress: Progress }) {
  const [hinted, setHinted] = useState(false);
  const { title, text, hint } = lesson.tasks[progress.done]!;
  return (
    <div className={styles.task}>
      <p aria-live="polite">
        <strong>{title}.</strong> {text} {hinted && <span className={styles.hint}>{hint}</span>}
      </p>
      {!hinted && (
        <Button size="small" onClick={() => setHinted(true)}>
          <Lightbulb size={14} aria-hidden="true" />
          Show how
        </Button>
      )}
    </div>
  );
}

function Done({ lesson, result }: { lesson: Lesson; result: string }) {
  const { create, making, problem } = useCreate();
  const next = lessonAfter(lesson);
  return (
    <div className={styles.task}>
      <p aria-live="polite" className={styles.result}>
        <Check size={16} aria-hidden="true" />
        <span>{result}</span>
      </p>
      {next && (
        <Button
          size="small"
          variant="primary"
          disabled={making !== null}
          onClick={() => void create(next.id, { lesson: next.id })}
        >
          {making === null ? `Next: ${next.title}` : "Opening…"}
        </Button>
      )}
      {problem && <Trouble {...problem} />}
    </div>
  );
}
