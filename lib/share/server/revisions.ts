/**
 * Earlier texts of a document: one for every ten minutes that it is edited, and each that was shared. They are for
 * looking back and comparing; what undo knows and what builds keep is apart from them. Old ones are forgotten.
 */
import type { Database } from "../../db";
import type { Revision, RevisionListing } from "../answers";
import { Refusal } from "../refusal";
import { newId } from "./ids";

/** Of one document, and the bytes of all of them together. */
export const MAX_REVISIONS = 50;
export const MAX_REVISION_BYTES = 4 * 1024 * 1024;
/** Milliseconds between two that are kept while somebody edits. */
export const EDITING_MS = 10 * 60_000;

export interface Revisions {
  /** Before a text is changed: keeps it, unless one was kept a moment ago. `changedAt` is when it became what it is. */
  keepEdited(documentId: string, text: string, changedAt: Date): Promise<void>;
  /** Keeps what others are shown from now on. */
  keepShared(documentId: string, text: string, changedAt: Date): Promise<void>;
  /** Newest first. */
  list(documentId: string): Promise<RevisionListing[]>;
  get(documentId: string, id: string): Promise<Revision>;
}

const NEWEST = { orderBy: { createdAt: "desc" } } as const;

export function createRevisions(db: Database, now: () => number): Revisions {
  async function keep(
    documentId: string,
    cause: Revision["cause"],
    content: { text: string; changedAt: Date },
  ): Promise<void> {
    if (content.text.trim() === "") return;
    const last = await db.revision.findFirst({ where: { documentId }, ...NEWEST });
    if (last?.text === content.text) {
      if (cause === "shared") await db.revision.update({ where: { id: last.id }, data: { cause } });
      return;
    }
    const bytes = Buffer.byteLength(content.text);
    await db.revision.create({
      data: { id: newId(), documentId, cause, bytes, createdAt: new Date(now()), ...content },
    });
    await forgetOld(documentId);
  }

  async function forgetOld(documentId: string): Promise<void> {
    const all = await db.revision.findMany({
      where: { documentId },
      ...NEWEST,
      select: { id: true, bytes: true },
    });
    let bytes = 0;
    const old = all.filter((each, at) => {
      bytes += each.bytes;
      return at >= MAX_REVISIONS || bytes > MAX_REVISION_BYTES;
    });
    if (old.length > 0) await db.revision.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
  }

  return {
    async keepEdited(documentId, text, changedAt) {
      const last = await db.revision.findFirst({
        where: { documentId },
        ...NEWEST,
        select: { createdAt: true },
      });
      if (last && now() - last.createdAt.getTime() < EDITING_MS) return;
      await keep(documentId, "edited", { text, changedAt });
    },
    keepShared: (documentId, text, changedAt) => keep(documentId, "shared", { text, changedAt }),
    async list(documentId) {
      const rows = await db.revision.findMany({ where: { documentId }, ...NEWEST, omit: { text: true } });
      return rows.map(toListing);
    },
    async get(documentId, id) {
      const row = await db.revision.findFirst({ where: { id, documentId } });
      if (!row) throw unknownRevision();
      return { ...toListing(row), text: row.text };
    },
  };
}

function toListing(row: { id: string; cause: string; bytes: number; changedAt: Date }): RevisionListing {
  const { id, bytes, changedAt } = row;
  return { id, cause: row.cause === "shared" ? "shared" : "edited", bytes, changedAt: changedAt.getTime() };
}

function unknownRevision(): Refusal {
  return new Refusal(
    "notFound",
    "unknown-revision",
    "That earlier text is not kept any more.",
    `A document keeps its last ${MAX_REVISIONS}: reload the page to see which.`,
  );
}
