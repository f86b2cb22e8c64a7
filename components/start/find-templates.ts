import type { TemplateView } from "@/lib/share/answers";

/** More than this many are searched rather than read. */
export const READ_AT_ONCE = 12;

/** Those in whose title, language, summary or stages every word is found, however it is written. */
export function findTemplates(templates: readonly TemplateView[], wish: string): TemplateView[] {
  const words = plain(wish).split(/\s+/).filter(Boolean);
  return templates.filter((template) => {
    const text = plain(
      [
        template.title,
        template.language ?? "",
        template.summary,
        ...template.stages.map(({ name }) => name ?? ""),
      ].join(" "),
    );
    return words.every((word) => text.includes(word));
  });
}

const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();

/** Under which heading each is shown; a heading without templates is not. */
export function groupTemplates(templates: readonly TemplateView[]) {
  return [
    {
      id: "projects",
      title: "Real projects",
      lead: "Tests, cache mounts and a final stage without root; every stage says why it is there.",
      templates: templates.filter(({ language }) => language !== null),
    },
    {
      id: "examples",
      title: "Small examples",
      lead: "One idea each, built in seconds, with nothing to download while they build.",
      templates: templates.filter(({ language }) => language === null),
    },
  ].filter(({ templates }) => templates.length > 0);
}
