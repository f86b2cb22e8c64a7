"use client";
/** Where every visit begins: templates, a Dockerfile of one's own, and what one has made before. */
import { type DragEvent, useState } from "react";
import { cx } from "@/components/ui/cx";
import { Logo } from "@/components/ui/logo-link";
import { Notes } from "@/components/ui/notes";
import { ThemeButton } from "@/components/ui/theme-button";
import { inWords } from "@/lib/share/client";
import { MAX_TEXT_BYTES } from "@/lib/share/document";
import { Lessons } from "./lessons";
import { MyDocuments } from "./my-documents";
import { OwnDockerfile } from "./own-dockerfile";
import { readDockerfile, titleOfFile } from "./read-dockerfile";
import styles from "./start.module.css";
import { Templates } from "./templates";
import { Trouble } from "./trouble";
import { useCreate } from "./use-create";

export function StartPage() {
  const { create, making, problem, setProblem } = useCreate();
  const [dragging, setDragging] = useState(false);

  const openText = (text: string) => {
    if (text.length * 3 > MAX_TEXT_BYTES && new Blob([text]).size > MAX_TEXT_BYTES) {
      return setProblem({
        message: "A Dockerfile can be at most 1 MiB.",
        hint: "What you pasted is longer.",
      });
    }
    void create("text", { text });
  };
  const openFile = async (file: File) => {
    try {
      await create("file", { text: await readDockerfile(file), title: titleOfFile(file.name) });
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    const [item] = event.dataTransfer.items;
    const [file] = event.dataTransfer.files;
    if (item?.webkitGetAsEntry()?.isDirectory) {
      return setProblem({
        message: "A folder is a build context, not a Dockerfile.",
        hint: "Open its Dockerfile here first, then drop the folder on the document.",
      });
    }
    if (file) void openFile(file);
  };
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setDragging(true);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a drop target; the same can be done with the file button
    <div
      className={cx(styles.page, dragging && styles.dragging)}
      onDragOver={onDragOver}
      onDragLeave={(event) => event.relatedTarget === null && setDragging(false)}
      onDrop={onDrop}
    >
      <header className={styles.header}>
        <Logo />
        <b>Stagecraft</b>
        <ThemeButton />
      </header>
      <main className={styles.main}>
        <div className={styles.columns}>
          <div className={styles.hero}>
            <h1>See the stages of a Dockerfile, and build them</h1>
            <p>
              Lay out a multi-stage build on a canvas and in the text at once, run it on your Docker host, and
              see what every stage weighs and what ships.
            </p>
            {problem && <Trouble {...problem} />}
            <OwnDockerfile
              making={making}
              onText={openText}
              onFile={(file) => void openFile(file)}
              onEmpty={() => void create("empty", { text: "" })}
            />
          </div>
          <MyDocuments />
        </div>
        <Lessons making={making} onChoose={({ id }) => void create(id, { lesson: id })} />
        <Templates making={making} onChoose={({ id }) => void create(id, { template: id })} />
      </main>
      <Notes />
    </div>
  );
}
