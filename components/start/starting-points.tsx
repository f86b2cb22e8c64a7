"use client";
/** Ways to begin, on a canvas whose document is still empty. */
import { ClipboardPaste, FileUp, GraduationCap, LayoutTemplate, Plus } from "lucide-react";
import { useEffect } from "react";
import { toast } from "sonner";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { useCommands } from "@/components/commands/use-commands";
import { Button } from "@/components/ui/button";
import { inWords } from "@/lib/share/client";
import { FileChooser } from "./file-chooser";
import styles from "./starting-points.module.css";
import { useFill } from "./use-fill";
import { useOpenDockerfile } from "./use-open-dockerfile";

export function StartingPoints() {
  const canvas = useCanvasStore();
  const { run } = useCommands();
  const openDockerfile = useOpenDockerfile();
  usePaste();
  return (
    <div className={styles.points} data-testid="starting-points">
      <Button variant="primary" onClick={() => run("document.fromTemplate")}>
        <LayoutTemplate size={15} aria-hidden="true" />
        Start from a template
      </Button>
      <Button onClick={() => canvas.getState().change({ overlay: { kind: "paste" } })}>
        <ClipboardPaste size={15} aria-hidden="true" />
        Paste a Dockerfile
      </Button>
      <FileChooser onFile={(file) => void openDockerfile(file)}>
        {(choose) => (
          <Button onClick={choose}>
            <FileUp size={15} aria-hidden="true" />
            Open a file
          </Button>
        )}
      </FileChooser>
      <Button onClick={() => run("document.lesson")}>
        <GraduationCap size={15} aria-hidden="true" />
        Take a lesson
      </Button>
      <Button onClick={() => run("stage.add")}>
        <Plus size={15} aria-hidden="true" />
        Add a stage
      </Button>
    </div>
  );
}

/** ⌘V where nothing else takes it: the text on the clipboard is the Dockerfile. */
function usePaste(): void {
  const { fromText } = useFill();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      const typed =
        target instanceof Element && target.closest("input, textarea, [contenteditable]") !== null;
      const text = clipboardData?.getData("text/plain") ?? "";
      if (typed || event.defaultPrevented || text.trim() === "") return;
      event.preventDefault();
      try {
        fromText(text);
      } catch (error) {
        toast.error(inWords(error).message);
      }
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [fromText]);
}
