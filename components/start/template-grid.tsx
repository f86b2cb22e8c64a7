"use client";
/** Templates to choose from: what each builds, as a small graph and in words. */
import { Search } from "lucide-react";
import { useId, useState } from "react";
import { formatBytes, formatCount } from "@/lib/build/format";
import type { TemplateView } from "@/lib/share/answers";
import { findTemplates, groupTemplates, READ_AT_ONCE } from "./find-templates";
import { StagePreview } from "./stage-preview";
import styles from "./template-grid.module.css";

export function TemplateGrid({
  templates,
  making,
  disabled,
  onChoose,
}: {
  templates: readonly TemplateView[];
  /** Id of the one that is being opened. */
  making: string | null;
  disabled: boolean;
  onChoose(template: TemplateView): void;
}) {
  const [wish, setWish] = useState("");
  const id = useId();
  const found = findTemplates(templates, wish);
  return (
    <>
      {templates.length > READ_AT_ONCE && (
        <div className={styles.search}>
          <Search size={15} aria-hidden="true" />
          <input
            type="search"
            value={wish}
            onChange={(event) => setWish(event.target.value)}
            placeholder="Find by language, tool or stage"
            aria-label="Find a template"
            data-testid="template-search"
          />
          <span role="status">{wish.trim() !== "" && formatCount(found.length, "template")}</span>
        </div>
      )}
      {found.length === 0 && <p className={styles.none}>No template has all of these words.</p>}
      {groupTemplates(found).map((group) => (
        <section key={group.id} aria-labelledby={`${id}${group.id}`}>
          <h3 id={`${id}${group.id}`} className={styles.heading}>
            {group.title}
          </h3>
          <p className={styles.lead}>{group.lead}</p>
          <ul className={styles.cards}>
            {group.templates.map((template) => (
              <li key={template.id}>
                <Card
                  template={template}
                  busy={making === template.id}
                  disabled={disabled}
                  onChoose={() => onChoose(template)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Card({
  template,
  busy,
  disabled,
  onChoose,
}: {
  template: TemplateView;
  busy: boolean;
  disabled: boolean;
  onChoose(): void;
}) {
  const { id, title, summary, stages, dockerfile, files, bytes } = template;
  return (
    <button
      type="button"
      className={styles.card}
      disabled={disabled}
      aria-busy={busy}
      onClick={onChoose}
      data-testid="template-card"
      data-template={id}
    >
      <span className={styles.picture}>
        <StagePreview dockerfile={dockerfile} />
      </span>
      <span className={styles.title}>{title}</span>
      <span className={styles.text}>{summary}</span>
      <span className={styles.foot}>
        {busy
          ? "Opening…"
          : `${formatCount(stages.length, "stage")} · ${formatCount(files, "file")}, ${formatBytes(bytes)}`}
      </span>
    </button>
  );
}

export function TemplateGhosts() {
  return (
    <div className={styles.cards} role="status" aria-label="Loading templates">
      {["first", "second", "third", "fourth"].map((name) => (
        <div key={name} className={styles.ghost} />
      ))}
    </div>
  );
}
