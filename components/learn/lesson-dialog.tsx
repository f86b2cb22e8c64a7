"use client";
/** The lessons over the editor: on a document that is still empty, or on a new one. */
import { useState } from "react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { useDocument } from "@/components/editor/document-context";
import { Trouble } from "@/components/start/trouble";
import { useFill } from "@/components/start/use-fill";
import { Dialog } from "@/components/ui/dialog";
import type { Lesson } from "@/lib/learn";
import { inWords } from "@/lib/share/client";
import { LessonCards } from "./lesson-cards";

export function LessonDialog() {
  const canvas = useCanvasStore();
  const empty = useDocument((s) => s.text.trim() === "");
  const [making, setMaking] = useState<string | null>(null);
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);
  const { fromLesson } = useFill();
  const close = () => canvas.getState().change({ overlay: null });
  const choose = (lesson: Lesson) => {
    setMaking(lesson.id);
    setProblem(null);
    fromLesson(lesson).then(close, (error) => {
      setMaking(null);
      setProblem(inWords(error));
    });
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && close()}
      title="Learn by building"
      description={
        empty
          ? "A lesson begins on this document, with files to build."
          : "A lesson opens as a new document; this one stays as it is."
      }
    >
      {problem && <Trouble {...problem} />}
      <LessonCards making={making} onChoose={choose} />
    </Dialog>
  );
}
