"use client";
import { useState } from "react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { inWords } from "@/lib/share/client";
import { PasteField } from "./paste-field";
import { Trouble } from "./trouble";
import { useFill } from "./use-fill";

/** Takes a Dockerfile that somebody has on the clipboard. */
export function PasteDialog() {
  const canvas = useCanvasStore();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);
  const { fromText } = useFill();
  const close = () => canvas.getState().change({ overlay: null });
  const open = () => {
    try {
      fromText(text);
      close();
    } catch (error) {
      setProblem(inWords(error));
    }
  };
  return (
    <Dialog open onOpenChange={(open) => !open && close()} title="Paste a Dockerfile">
      {problem && <Trouble {...problem} />}
      <PasteField
        text={text}
        onChange={setText}
        actions={
          <Button
            variant={text.trim() === "" ? "plain" : "primary"}
            disabled={text.trim() === ""}
            onClick={open}
            data-testid="open-pasted"
          >
            Open on the canvas
          </Button>
        }
      />
    </Dialog>
  );
}
