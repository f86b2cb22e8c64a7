/** Documents and who may do what with them. */

import type { Contexts } from "../../build/server/contexts";
import { toSummary } from "../../build/server/rows";
import type { Database } from "../../db";
import type { Build, Context, Document } from "../../db/generated/client";
import type { BuildDetail, DocumentListing, LinkView } from "../answers";
import { type DocumentView, type FileFormat, MAX_TITLE_LENGTH, type Rights } from "../document";
import { openFile } from "../file-format";
import type { DocumentReading } from "../reading";
import { Refusal } from "../refusal";
import { newId, newToken } from "./ids";
import { MAX_DOCUMENTS, MAX_LINKS } from "./limits";
import { buildReadingOf, readingOf } from "./reading";
import type { Revisions } from "./revisions";
import { Serial } from "./serial";
import { mergeUpdate, newState, readState } from "./shared-document";
import type { Visitor } from "./visitors";

export interface DocumentSource {
  text: string;
  format: FileFormat;
  contextId: string | null;
}

/**
 * Methods that take a visitor refuse with "notFound" what does not exist or is not the visitor's: the two look the
 * same. The others leave it to their caller to ask `own` or `shared` first.
 */
export interface Documents {
  create(
    owner: Visitor,
    from: { title?: string; text?: string; lesson?: string },
    mayBuild: boolean,
  ): Promise<DocumentView>;
  list(owner: Visitor): Promise<DocumentListing[]>;
  view(id: string, visitor: Visitor | null, mayBuild: boolean): Promise<DocumentView>;
  /** Resolves where the visitor owns it. */
  own(id: string, visitor: Visitor | null): Promise<void>;
  /** What a build is made from. */
  source(id: string): Promise<DocumentSource>;
  /** Saves a Yjs update; resolves to what the sender lacks, by its state vector. */
  update(id: string, update: Uint8Array, vector: Uint8Array | null): Promise<Uint8Array>;
  remove(id: string): Promise<void>;

  addLink(id: string): Promise<Omit<LinkView, "url">>;
  links(id: string): Promise<Omit<LinkView, "url">[]>;
  removeLink(id: string, token: string): Promise<void>;
  /** Id of the document that a link leads to. */
  shared(token: string): Promise<string>;
  viewShared(token: string): Promise<DocumentView>;
  /** The same for the page that shows it: what its data comes to, without the data. */
  readShared(token: string): Promise<DocumentReading>;
  /** What a build of a document was made from, in the same shape; `manifest` says what was in its build context. */
  readBuild(build: BuildDetail, manifest: Contexts["manifest"]): Promise<DocumentReading>;
  /** A copy of one's own, with the build context and without builds. */
  fork(token: string, owner: Visitor, mayBuild: boolean): Promise<DocumentView>;
}

const NO_RIGHTS: Rights = { edit: false, build: false, share: false };
const UNTITLED = "Untitled";
const LAST_BUILD = { builds: { orderBy: { createdAt: "desc" }, take: 1 }, context: true } as const;
type Row = Document & { context: Context | null; builds: Build[] };

/** @param revisions where texts are kept that are about to be changed, or that others are shown */
export function createDocuments(
  db: Database,
  revisions: Pick<Revisions, "keepEdited" | "keepShared">,
): Documents {
  const saves = new Serial();
  const additions = new Serial();

  async function find(id: string): Promise<Row> {
    const row = await db.document.findUnique({ where: { id }, include: LAST_BUILD });
    if (!row) throw unknownDocument();
    return row;
  }

  async function checkOwner(id: string, visitor: Visitor | null): Promise<void> {
    const row = await db.document.findUnique({ where: { id }, select: { ownerId: true } });
    if (!row || row.ownerId !== visitor?.id) throw unknownDocument();
  }

  /** One after the other for each owner, so that all are counted. Refuses where there is no room. */
  function adding<T>(owner: Visitor, work: () => Promise<T>): Promise<T> {
    return additions.run(owner.id, async () => {
      if ((await db.document.count({ where: { ownerId: owner.id } })) >= MAX_DOCUMENTS)
        throw tooManyDocuments();
      return work();
    });
  }

  async function shared(token: string): Promise<string> {
    const link = await db.shareLink.findUnique({ where: { token } });
    if (!link) throw unknownLink();
    return link.documentId;
  }

  /** How much is in a build context, whose files may be gone meanwhile. */
  async function countContext(id: string, manifest: Contexts["manifest"]) {
    const row = await db.context.findUnique({ where: { id } });
    if (row) return { files: row.files, bytes: Number(row.bytes) };
    const files = (await manifest(id))?.entries.filter(({ kind }) => kind === "file");
    return files && { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  return {
    async create(owner, from, mayBuild) {
      const { text, format } = openFile(from.text ?? "");
      const title = cleanTitle(from.title);
      const state = newState(text, title, format, from.lesson);
      const data = { id: newId(), ownerId: owner.id, title, state };
      const row = await adding(owner, () => db.document.create({ data, include: LAST_BUILD }));
      return toView(row, ownerRights(mayBuild));
    },

    async list(owner) {
      const rows = await db.document.findMany({
        where: { ownerId: owner.id },
        orderBy: [{ updatedAt: "desc" }, { id: "asc" }],
        select: { id: true, title: true, updatedAt: true },
      });
      return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.getTime() }));
    },

    async view(id, visitor, mayBuild) {
      const row = await find(id);
      if (row.ownerId !== visitor?.id) throw unknownDocument();
      return toView(row, ownerRights(mayBuild));
    },

    own: checkOwner,

    async source(id) {
      const row = await db.document.findUnique({ where: { id }, select: { state: true, contextId: true } });
      if (!row) throw unknownDocument();
      const { text, settings } = readState(row.state);
      return { text, format: settings.format, contextId: row.contextId };
    },

    async update(id, update, vector) {
      return saves.run(id, async () => {
        const row = await db.document.findUnique({ where: { id }, select: { state: true, updatedAt: true } });
        if (!row) throw unknownDocument();
        const merged = mergeUpdate(row.state, update, vector);
        if (merged.changed) {
          const title = cleanTitle(merged.content.settings.title);
          if (merged.before !== merged.content.text)
            await revisions.keepEdited(id, merged.before, row.updatedAt);
          await db.document.update({
            where: { id },
            data: { state: merged.state, title, updatedAt: new Date() },
          });
        }
        return merged.answer;
      });
    },

    async remove(id) {
      await saves.run(id, () => db.document.deleteMany({ where: { id } }));
    },

    async addLink(id) {
      return saves.run(id, async () => {
        const row = await db.document.findUnique({ where: { id }, select: { state: true, updatedAt: true } });
        if (!row) throw unknownDocument();
        if ((await db.shareLink.count({ where: { documentId: id } })) >= MAX_LINKS) throw tooManyLinks();
        const link = await db.shareLink.create({ data: { token: newToken(), documentId: id } });
        await revisions.keepShared(id, readState(row.state).text, row.updatedAt);
        return toLink(link);
      });
    },

    async links(id) {
      const rows = await db.shareLink.findMany({ where: { documentId: id }, orderBy: { createdAt: "desc" } });
      return rows.map(toLink);
    },

    async removeLink(id, token) {
      const { count } = await db.shareLink.deleteMany({ where: { token, documentId: id } });
      if (count === 0) throw unknownLink();
    },

    shared,

    async viewShared(token) {
      const row = await find(await shared(token));
      return toView(row, NO_RIGHTS);
    },

    async readShared(token) {
      const row = await find(await shared(token));
      const { state: _, rights: __, updatedAt: ___, ...view } = toView(row, NO_RIGHTS);
      return { ...view, ...readingOf(row.state) };
    },

    async readBuild(build, manifest) {
      const [row, kept] = await Promise.all([
        db.document.findUnique({ where: { id: build.documentId } }),
        db.build.findUnique({ where: { id: build.id }, select: { contextId: true } }),
      ]);
      if (!row) throw unknownDocument();
      const { title, state, contextId } = row;
      const id = kept?.contextId ?? null;
      const counted = id === null ? null : await countContext(id, manifest);
      // What it was called then is not kept; the document has a name for the one that is attached now.
      const name = id === contextId ? (row.contextName ?? "") : "";
      const context = id !== null && counted ? { id, name, ...counted } : null;
      return buildReadingOf(build, { title, state, text: readState(state).text }, context);
    },

    async fork(token, owner, mayBuild) {
      const id = await shared(token);
      // In one transaction: the context must not be collected between being read and being referred to.
      const copy = () =>
        db.$transaction(async (session) => {
          const origin = await session.document.findUnique({ where: { id } });
          if (!origin) throw unknownLink();
          const { title, state, contextId, contextName } = origin;
          const named = await session.namedContext.findMany({
            where: { documentId: id },
            select: { contextId: true, name: true, createdAt: true },
          });
          return session.document.create({
            data: {
              ...{ id: newId(), ownerId: owner.id, title, state, contextId, contextName },
              named: { create: named },
            },
            include: LAST_BUILD,
          });
        });
      const row = await adding(owner, copy);
      return toView(row, ownerRights(mayBuild));
    },
  };
}

function toView(row: Row, rights: Rights): DocumentView {
  const { text, settings } = readState(row.state);
  const lastBuild = row.builds[0];
  return {
    id: row.id,
    title: row.title,
    state: Buffer.from(row.state).toString("base64"),
    text,
    format: settings.format,
    updatedAt: row.updatedAt.getTime(),
    context: row.context && {
      id: row.context.id,
      name: row.contextName ?? "",
      files: row.context.files,
      bytes: Number(row.context.bytes),
    },
    lastBuild: lastBuild ? toSummary(lastBuild) : null,
    rights,
  };
}

function toLink(row: { token: string; createdAt: Date }): Omit<LinkView, "url"> {
  return { token: row.token, role: "view", createdAt: row.createdAt.getTime() };
}

function ownerRights(build: boolean): Rights {
  return { edit: true, build, share: true };
}

function cleanTitle(title: string | undefined): string {
  return title?.trim().slice(0, MAX_TITLE_LENGTH) || UNTITLED;
}

export function unknownDocument(): Refusal {
  return new Refusal(
    "notFound",
    "unknown-document",
    "There is no such document here, or it belongs to another browser.",
    "Open it in the browser that made it, or ask its owner for a link.",
  );
}

function tooManyDocuments(): Refusal {
  return new Refusal(
    "conflict",
    "too-many-documents",
    `This browser has ${MAX_DOCUMENTS} documents here, and may have no more.`,
    "Delete some that are no longer needed. Their builds, links and files go with them.",
  );
}

function tooManyLinks(): Refusal {
  return new Refusal(
    "conflict",
    "too-many-links",
    `There are ${MAX_LINKS} links to this document, and may be no more.`,
    "Give one of them away again, or revoke those that are no longer needed.",
  );
}

function unknownLink(): Refusal {
  return new Refusal(
    "notFound",
    "unknown-link",
    "This link leads nowhere: it was revoked, or is not complete.",
    "Ask whoever sent it for a new one.",
  );
}
