"use client";
import type { TemplateView } from "@/lib/share/answers";
import { listTemplates } from "@/lib/share/client";
import styles from "./start.module.css";
import { TemplateGhosts, TemplateGrid } from "./template-grid";
import { Trouble } from "./trouble";
import { useLoaded } from "./use-loaded";

export function Templates({
  making,
  onChoose,
}: {
  making: string | null;
  onChoose(template: TemplateView): void;
}) {
  const [templates, retry] = useLoaded(listTemplates);
  return (
    <section aria-labelledby="templates">
      <h2 id="templates">Start from a template</h2>
      <p className={styles.lead}>Each comes with its files, so it can be built right away.</p>
      {templates.state === "failed" && <Trouble {...templates} onRetry={retry} />}
      {templates.state === "loading" && <TemplateGhosts />}
      {templates.state === "ready" && templates.value.length === 0 && (
        <p className={styles.lead}>This server has no templates. Paste a Dockerfile above instead.</p>
      )}
      {templates.state === "ready" && templates.value.length > 0 && (
        <TemplateGrid
          templates={templates.value}
          making={making}
          disabled={making !== null}
          onChoose={onChoose}
        />
      )}
    </section>
  );
}
