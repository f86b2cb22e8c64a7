/** Files of a stage as they cross the wire: asked for page by page, since a whole image is more than a page can hold. */
import { z } from "zod";

/** Entries of one answer. */
export const FILES_PAGE = 500;
/** Paths of the largest waste that are told. */
export const WASTED_PATHS = 200;

const kindSchema = z.enum(["file", "folder", "link", "hardlink", "other"]);
const markSchema = z.enum(["added", "changed", "removed"]);

/** What is told while the host sends an image: one event a line. */
export const filesEventSchema = z.discriminatedUnion("type", [
  /** Another image of that host is being read. */
  z.object({ type: z.literal("waiting") }),
  /** Bytes of layers so far, and about how many there are: 0 while that is not known. */
  z.object({ type: z.literal("reading"), bytes: z.int(), total: z.int() }),
  /** It is read, and can be asked for. */
  z.object({ type: z.literal("ready") }),
  z.object({
    type: z.literal("failed"),
    code: z.string(),
    message: z.string(),
    hint: z.string().optional(),
  }),
]);
export type FilesEvent = z.infer<typeof filesEventSchema>;

export const fileLayerSchema = z.object({
  /** The instruction that made it, by its index in the stage; null where it came with the base image. */
  instruction: z.int().nullable(),
  /** The instruction as it was built, or what the image says made it; empty where it says nothing. */
  text: z.string(),
  /** As `docker history` has it; null where the host's history does not match the layers. */
  size: z.int().nullable(),
  /** Of all files in it, as its tar holds them. */
  bytes: z.int(),
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
});
export type FileLayer = z.infer<typeof fileLayerSchema>;

export const filesOverviewSchema = z.object({
  layers: z.array(fileLayerSchema),
  /** How many of them, from the first, came with the base image. */
  base: z.int(),
  /** Of the files that are there in the end. */
  bytes: z.int(),
  files: z.int(),
  wasted: z.object({
    bytes: z.int(),
    /** Of these, what the base image's layers hid of each other. */
    inBase: z.int(),
    paths: z.int(),
    /** Largest first; `written` and `hidden` are layers, from 0. */
    top: z.array(
      z.object({ path: z.string(), bytes: z.int(), written: z.array(z.int()), hidden: z.array(z.int()) }),
    ),
  }),
});
export type FilesOverview = z.infer<typeof filesOverviewSchema>;

export const fileEntrySchema = z.object({
  /** From the root of the image. */
  path: z.string(),
  kind: kindSchema,
  mark: markSchema.nullable(),
  /** Of a folder, all in it. What was removed counts in `removed` only. */
  bytes: z.int(),
  removed: z.int(),
  files: z.int(),
  /** What bears a mark in it. */
  marks: z.int(),
  /** Entries directly in it. */
  children: z.int(),
  mode: z.int(),
  link: z.string().nullable(),
  /** The layer that wrote it, or removed it; from 0. */
  layer: z.int(),
});
export type FileEntry = z.infer<typeof fileEntrySchema>;

/** Largest first. `total` and `bytes` are of all that there are, not of this page alone. */
export const filesPageSchema = z.object({
  entries: z.array(fileEntrySchema),
  total: z.int(),
  bytes: z.int(),
});
export type FilesPage = z.infer<typeof filesPageSchema>;

const count = z.coerce.number().pipe(z.int().min(0));

/** Which files: of one layer or the whole stage, in a folder or by words, from the nth on. */
export const filesQuerySchema = z.object({
  layer: count.nullable().default(null),
  path: z.string().max(8_192).default(""),
  find: z.string().max(200).default(""),
  from: count.default(0),
});
export type FilesQuery = z.infer<typeof filesQuerySchema>;
