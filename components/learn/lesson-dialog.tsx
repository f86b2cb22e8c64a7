"use client";
import { BeginDialog } from "@/components/start/begin-dialog";
import { useFill } from "@/components/start/use-fill";
import { LessonCards } from "./lesson-cards";

export function LessonDialog() {
  const { fromLesson } = useFill();
  return (
    <BeginDialog
      title="Learn by building"
      onEmpty="A lesson begins on this document, with files to build."
      onOther="A lesson opens as a new document; this one stays as it is."
      begin={fromLesson}
    >
      {(making, choose) => <LessonCards making={making} onChoose={choose} />}
    </BeginDialog>
  );
}
