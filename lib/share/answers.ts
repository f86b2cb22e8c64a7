/** What the server answers beside documents and builds themselves: lists, limits, links. Both ends use these schemas. */
import { z } from "zod";
import { placeSchema } from "../build/events";
import { buildSummarySchema, contextSummarySchema, fileFormatSchema } from "./document";

export const templateViewSchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  /** What it is written in, where its base images have to be pulled; null for an example that builds offline. */
  language: z.string().nullable(),
  /** In the order of the Dockerfile; `why` says in a few words what the stage is there for. */
  stages: z.array(z.object({ name: z.string().nullable(), why: z.string() })),
  dockerfile: z.string(),
  /** Of the build context that comes with it. */
  files: z.int(),
  bytes: z.int(),
});
export type TemplateView = z.infer<typeof templateViewSchema>;

/** A document as the list of one's own shows it. */
export const documentListingSchema = z.object({
  id: z.string(),
  title: z.string(),
  updatedAt: z.number(),
  stages: z.int().optional(),
});
export type DocumentListing = z.infer<typeof documentListingSchema>;

/** An earlier text of a document: kept because it was about to be edited, or because it was shared. */
export const revisionListingSchema = z.object({
  id: z.string(),
  cause: z.enum(["edited", "shared"]),
  /** Of UTF-8. */
  bytes: z.int(),
  /** When the document came to have this text. */
  changedAt: z.number(),
});
export type RevisionListing = z.infer<typeof revisionListingSchema>;

export const revisionSchema = revisionListingSchema.extend({ text: z.string() });
export type Revision = z.infer<typeof revisionSchema>;

export const contextEntrySchema = z.object({
  /** Relative, with slashes. */
  path: z.string(),
  kind: z.enum(["file", "folder", "link"]),
  bytes: z.int(),
  /** Where a link points. */
  link: z.string().optional(),
});
export type ContextEntry = z.infer<typeof contextEntrySchema>;

/** Everything in it, parents before children, and the text of the ignore file that counts. */
export const contextViewSchema = contextSummarySchema.extend({
  entries: z.array(contextEntrySchema),
  ignore: z.string().nullable(),
});
export type ContextView = z.infer<typeof contextViewSchema>;

/** What was attached of what the server took by itself; null where there is nothing to attach. */
export const takenContextSchema = contextSummarySchema
  .extend({
    /** Folders that are Git repositories of their own, which are left empty. */
    submodules: z.int().optional(),
  })
  .nullable();
export type TakenContext = z.infer<typeof takenContextSchema>;

/** Files that were attached, or the hashes of the contents that are to be sent first. */
export const attachedFilesSchema = z.object({
  context: contextSummarySchema.nullable(),
  missing: z.array(z.string()),
});
export type AttachedFiles = z.infer<typeof attachedFilesSchema>;

/** An image that is on the build host already. */
export const hostImageSchema = z.object({ ref: z.string(), bytes: z.number(), createdAt: z.number() });
export type HostImage = z.infer<typeof hostImageSchema>;

/** Tags of an image, as its registry has them; `bytes` is what a pull sends, null where that is not known. */
export const tagListSchema = z.object({
  registry: z.string(),
  repository: z.string(),
  /** Of the repository; `tags` are those that fit what was asked for. */
  total: z.int(),
  tags: z.array(z.object({ tag: z.string(), bytes: z.number().nullable() })),
});
export type TagList = z.infer<typeof tagListSchema>;

export const limitsSchema = z.object({
  contextBytes: z.number(),
  textBytes: z.number(),
  /** A build may be lent an ssh agent. */
  sshAgent: z.boolean(),
});
export type Limits = z.infer<typeof limitsSchema>;

export const linkViewSchema = z.object({
  token: z.string(),
  url: z.string(),
  role: z.literal("view"),
  createdAt: z.number().optional(),
});
export type LinkView = z.infer<typeof linkViewSchema>;

/** A build with what it was made from, as it was then. */
export const buildDetailSchema = buildSummarySchema.extend({ text: z.string(), format: fileFormatSchema });
export type BuildDetail = z.infer<typeof buildDetailSchema>;

const reasonOfItsOwn = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["first", "noCache", "newInstruction", "unfinished", "forgotten"]) }),
  z.object({ kind: z.literal("changedInstruction"), was: z.string() }),
  z.object({
    kind: z.literal("files"),
    files: z.object({
      changed: z.array(z.string()),
      added: z.array(z.string()),
      removed: z.array(z.string()),
      total: z.int(),
    }),
    context: z.string().optional(),
  }),
  z.object({
    kind: z.literal("variables"),
    variables: z.array(z.object({ name: z.string(), was: z.string().nullable(), is: z.string().nullable() })),
  }),
  z.object({ kind: z.literal("base"), was: z.string(), is: z.string() }),
  z.object({ kind: z.literal("platform"), was: z.string().nullable(), is: z.string().nullable() }),
]);

/** Why each step of a build ran, at the places of the text that was built. As lib/build/why.ts finds them. */
export const stepReasonsSchema = z.object({
  steps: z.array(
    placeSchema.extend({
      reason: z.union([
        reasonOfItsOwn,
        z.object({ kind: z.literal("before"), place: placeSchema, reason: reasonOfItsOwn }),
      ]),
    }),
  ),
});
