/**
 * The document: what a person makes, saves and shares. The server and the browser speak of it in these shapes only.
 */
import type * as Y from "yjs";
import { z } from "zod";
import { buildErrorSchema, buildOptionsSchema } from "../build/events";

/** Bytes of UTF-8 in a document's Dockerfile. */
export const MAX_TEXT_BYTES = 1024 * 1024;
export const MAX_TITLE_LENGTH = 200;
export const DOCUMENT_VERSION = 1;

/** What the Dockerfile on disk has and the editor's text has not: given back byte for byte on the way out. */
export const fileFormatSchema = z.object({
  eol: z.enum(["lf", "crlf"]),
  bom: z.boolean(),
});
export type FileFormat = z.infer<typeof fileFormatSchema>;

/**
 * The shared data of a document (Yjs). `text` holds LF only; `positions` maps a node's id to where somebody put it;
 * `settings` holds what is neither text nor place (title, file format, build options, the lesson it belongs to).
 */
export function documentParts(doc: Y.Doc) {
  return {
    text: doc.getText("dockerfile"),
    positions: doc.getMap<PlacedNode>("positions"),
    settings: doc.getMap<unknown>("settings"),
  };
}

/** What `settings` holds, by key: `title`, `format`, `options` (the build options chosen last), `lesson` (its id). */
export const settingsSchema = z.object({
  title: z.string().max(MAX_TITLE_LENGTH).catch("").default(""),
  format: fileFormatSchema.catch({ eol: "lf", bom: false }).default({ eol: "lf", bom: false }),
  options: buildOptionsSchema.optional().catch(undefined),
  lesson: z.string().max(100).nullable().catch(null).default(null),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The settings of a document; what is missing or not understood has its default. */
export function readSettings(doc: Y.Doc): Settings {
  return settingsSchema.parse(documentParts(doc).settings.toJSON());
}

/**
 * A node that somebody placed. For a stage: `anchor` is the encoded relative position of its FROM, which stays with
 * the words while text moves; `name` and `index` find it again where the words were replaced as a whole.
 * For an image: `ref` is its reference, and nothing else is needed; for the card of global ARGs it is empty.
 */
export interface PlacedNode {
  x: number;
  y: number;
  collapsed?: boolean;
  anchor?: string;
  name?: string | null;
  index?: number;
  ref?: string;
}

/** A build as lists and pages show it; its events come from the stream. */
export const buildSummarySchema = z.object({
  id: z.string(),
  documentId: z.string(),
  status: z.enum(["queued", "running", "succeeded", "failed", "canceled", "interrupted"]),
  host: z.string().nullable(),
  options: buildOptionsSchema,
  error: buildErrorSchema.nullable(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** Bytes by stage index, as far as known. */
  sizes: z.record(z.string(), z.number()),
  /** It was read from a file: no host of this server made it, and none has its image. */
  imported: z.literal(true).optional(),
});
export type BuildSummary = z.infer<typeof buildSummarySchema>;

export const contextSummarySchema = z.object({
  id: z.string(),
  /** The folder or archive it came from, or the template's name. */
  name: z.string(),
  files: z.int(),
  bytes: z.int(),
});
export type ContextSummary = z.infer<typeof contextSummarySchema>;

/** What the visitor may do with a document. Building is a right of its own. */
export const rightsSchema = z.object({ edit: z.boolean(), build: z.boolean(), share: z.boolean() });
export type Rights = z.infer<typeof rightsSchema>;

export const documentViewSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Yjs state, base64. */
  state: z.string(),
  text: z.string(),
  format: fileFormatSchema,
  updatedAt: z.number(),
  context: contextSummarySchema.nullable(),
  lastBuild: buildSummarySchema.nullable(),
  rights: rightsSchema,
});
export type DocumentView = z.infer<typeof documentViewSchema>;

/** Every error that a route answers with. `code` is for programs, `message` and `hint` for people. */
export const problemSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }),
});
export type Problem = z.infer<typeof problemSchema>;
