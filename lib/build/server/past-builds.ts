/** What the builds of a document leave for the next ones: figures, each worked out of its record once. */
import type { Database } from "../../db";
import { HASH_LENGTH } from "../context/digest";
import {
  type BuildFigures,
  buildFiguresSchema,
  type DocumentFigures,
  figuresOf,
  type PastBuild,
} from "../figures";
import type { ContextManifest } from "../why";
import { createRecords } from "./records";
import { toDetail, UNFINISHED } from "./rows";

/** Builds that figures are told of. */
const MOST_BUILDS = 25;
/** Characters of Dockerfiles that are told in all: the builds before are left out. */
const MOST_TEXT = 4 * 1024 * 1024;

export interface PastBuilds {
  /** Newest first. `whole` tells what only its owner may know as well: what is in the build context. */
  of(documentId: string, whole: boolean): Promise<DocumentFigures>;
}

export interface PastBuildsSetup {
  db: Database;
  /** What was in a context, by hash; null where that is not known any more. */
  contextManifest(contextId: string): Promise<ContextManifest | null>;
}

export function createPastBuilds({ db, contextManifest }: PastBuildsSetup): PastBuilds {
  const records = createRecords(db, Date.now);

  async function figures(id: string, kept: string | null): Promise<BuildFigures | null> {
    const known = kept === null ? null : buildFiguresSchema.safeParse(JSON.parse(kept));
    if (known?.success) return known.data;
    const build = await records.recorded(id, contextManifest);
    if (!build) return null;
    const made = figuresOf(build);
    await db.build.updateMany({ where: { id }, data: { figures: JSON.stringify(made) } });
    return made;
  }

  async function hashes(documentId: string): Promise<DocumentFigures["hashes"]> {
    const row = await db.document.findUnique({ where: { id: documentId }, select: { contextId: true } });
    const manifest = row?.contextId ? await contextManifest(row.contextId) : null;
    if (!manifest) return null;
    return Object.fromEntries(manifest.entries.map(({ path, hash }) => [path, hash.slice(0, HASH_LENGTH)]));
  }

  return {
    async of(documentId, whole) {
      const rows = await db.build.findMany({
        where: { documentId, status: { notIn: UNFINISHED } },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: MOST_BUILDS,
      });
      const builds: PastBuild[] = [];
      let length = 0;
      for (const row of rows) {
        length += row.text.length;
        if (length > MOST_TEXT && builds.length > 0) break;
        const known = await figures(row.id, row.figures);
        const { id, status, createdAt, startedAt, endedAt, options, text, imported } = toDetail(row);
        if (!known || status === "queued" || status === "running") continue;
        const told = whole ? known : withoutFiles(known);
        builds.push({
          ...{ id, status, createdAt, startedAt, endedAt, options },
          text: text.replaceAll("\r\n", "\n"),
          figures: told,
          ...(imported && { imported }),
        });
      }
      return { builds, hashes: whole ? await hashes(documentId) : null };
    },
  };
}

/** What is in the build context is its owner's to know. */
function withoutFiles({ stages }: BuildFigures): BuildFigures {
  return {
    stages: stages.map((stage) => ({ ...stage, steps: stage.steps.map(({ files: _, ...step }) => step) })),
    context: null,
  };
}
