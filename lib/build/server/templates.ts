/** What a document can start from, templates and examples: each a folder that really builds. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { parseDockerfile } from "../../dockerfile";
import type { TemplateView } from "../../share/answers";
import { Refusal } from "../../share/refusal";
import { walkFolder } from "./folder";

const templateSchema = z.object({
  title: z.string().min(1),
  summary: z.string(),
  /** What it is written in; null for an example, which needs no registry. */
  language: z.string().min(1).nullable().default(null),
  order: z.number().default(0),
  /** Where the Dockerfile does not say it in the comments above its stages, as a template does. */
  stages: z.array(z.object({ name: z.string().nullable(), why: z.string() })).optional(),
});

/** These two describe the template; every other file of its folder is the build context. */
export const NOT_CONTEXT: ReadonlySet<string> = new Set(["template.json", "Dockerfile"]);

export interface Templates {
  list(): Promise<TemplateView[]>;
  /** Refuses an unknown id. `folder` is absolute. */
  get(id: string): Promise<TemplateView & { folder: string }>;
}

export function createTemplates(examples: string): Templates {
  // Read anew each time: there are few, and whoever writes one sees it at once.
  async function readAll(): Promise<(TemplateView & { folder: string; order: number })[]> {
    const entries = await readdir(examples, { withFileTypes: true }).catch(() => []);
    const found = await Promise.all(
      entries
        .filter((entry) => entry.isDirectory())
        .map((entry) => readTemplate(join(examples, entry.name), entry.name)),
    );
    return found
      .filter((template) => template !== null)
      .sort((a, b) => rank(a) - rank(b) || a.order - b.order || a.id.localeCompare(b.id));
  }

  return {
    async list() {
      return (await readAll()).map(({ folder, order, ...view }) => view);
    },
    async get(id) {
      const found = (await readAll()).find((template) => template.id === id);
      if (found) return found;
      throw new Refusal(
        "notFound",
        "unknown-template",
        "There is no such template.",
        "Choose one from the list.",
      );
    },
  };
}

async function readTemplate(folder: string, id: string) {
  const description = await readFile(join(folder, "template.json"), "utf8").catch(() => null);
  if (description === null) return null;
  const template = templateSchema.parse(JSON.parse(description));
  const dockerfile = await readFile(join(folder, "Dockerfile"), "utf8");
  let files = 0;
  let bytes = 0;
  for await (const entry of walkFolder(folder)) {
    if (entry.kind === "folder" || NOT_CONTEXT.has(entry.path)) continue;
    files += 1;
    bytes += entry.bytes;
  }
  const stages = template.stages ?? describedStages(dockerfile);
  return { id, folder, ...template, stages, dockerfile, files, bytes };
}

/** Examples build on any host, so they come first. */
const rank = ({ language }: { language: string | null }) => (language === null ? 0 : 1);

function describedStages(dockerfile: string): TemplateView["stages"] {
  return parseDockerfile(dockerfile).stages.map(({ name, comment }) => ({ name, why: comment ?? "" }));
}
