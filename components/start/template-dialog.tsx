"use client";
/** The templates over the editor: for a document that is still empty, or for a new one. */
import { useState } from "react";
import { useCanvasStore } from "@/components/canvas/canvas-state";
import { useDocument } from "@/components/editor/document-context";
import { Dialog } from "@/components/ui/dialog";
import type { TemplateView } from "@/lib/share/answers";
import { inWords, listTemplates } from "@/lib/share/client";
import { TemplateGhosts, TemplateGrid } from "./template-grid";
import { Trouble } from "./trouble";
import { useFill } from "./use-fill";
import { useLoaded } from "./use-loaded";

export function TemplateDialog() {
  const canvas = useCanvasStore();
  const empty = useDocument((s) => s.text.trim() === "");
  const [templates, retry] = useLoaded(listTemplates);
  const [making, setMaking] = useState<string | null>(null);
  const [problem, setProblem] = useState<{ message: string; hint?: string } | null>(null);
  const { fromTemplate } = useFill();
  const close = () => canvas.getState().change({ overlay: null });
  const choose = (template: TemplateView) => {
    setMaking(template.id);
    setProblem(null);
    fromTemplate(template).then(close, (error) => {
      setMaking(null);
      setProblem(inWords(error));
    });
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && close()}
      title="New from template"
      description={
        empty
          ? "Its Dockerfile and its files become this document's."
          : "It opens as a new document; this one stays as it is."
      }
    >
      {problem && <Trouble {...problem} />}
      {templates.state === "failed" && <Trouble {...templates} onRetry={retry} />}
      {templates.state === "loading" && <TemplateGhosts />}
      {templates.state === "ready" && (
        <div data-testid="template-dialog">
          <TemplateGrid
            templates={templates.value}
            making={making}
            disabled={making !== null}
            onChoose={choose}
          />
        </div>
      )}
    </Dialog>
  );
}
