"use client";
/** Things to begin with, over the editor: one of them fills a document that is still empty, or opens as a new one. */
import { type ReactNode, useState } from "react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { useDocument } from "@/components/editor/document-context";
import { Dialog } from "@/components/ui/dialog";
import { inWords } from "@/lib/share/client";
import { Trouble } from "./trouble";

interface Props<Thing> {
  title: string;
  /** What choosing one does on an empty document, and on another. */
  onEmpty: string;
  onOther: string;
  begin(thing: Thing): Promise<void>;
  /** `making` is the id of the one that is being opened. */
  children(making: string | null, choose: (thing: Thing) => void): ReactNode;
}

export function BeginDialog<Thing extends { id: string }>(props: Props<Thing>) {
  const { title, onEmpty, onOther, begin, children } = props;
  const canvas = useCanvasStore();
  const empty = useDocument((s) => s.text.trim() === "");
  const [making, setMaking] = useState<string | null>(null);
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);
  const close = () => canvas.getState().change({ overlay: null });
  const choose = (thing: Thing) => {
    setMaking(thing.id);
    setProblem(null);
    begin(thing).then(close, (error) => {
      setMaking(null);
      setProblem(inWords(error));
    });
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && close()}
      title={title}
      description={empty ? onEmpty : onOther}
    >
      {problem && <Trouble {...problem} />}
      {children(making, choose)}
    </Dialog>
  );
}
