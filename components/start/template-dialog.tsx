"use client";
import { listTemplates } from "@/lib/share/client";
import { BeginDialog } from "./begin-dialog";
import { TemplateGhosts, TemplateGrid } from "./template-grid";
import { Trouble } from "./trouble";
import { useFill } from "./use-fill";
import { useLoaded } from "./use-loaded";

export function TemplateDialog() {
  const [templates, retry] = useLoaded(listTemplates);
  const { fromTemplate } = useFill();
  return (
    <BeginDialog
      title="New from template"
      onEmpty="Its Dockerfile and its files become this document's."
      onOther="It opens as a new document; this one stays as it is."
      begin={fromTemplate}
    >
      {(making, choose) => (
        <>
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
        </>
      )}
    </BeginDialog>
  );
}
