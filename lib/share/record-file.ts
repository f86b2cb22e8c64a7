/**
 * A build as one file: gzip of JSON lines. The first line is the head, each further one an event of the build
 * (lib/build/events), numbered from 1 without a gap, of which the last is `finished`. docs/build-records.md describes it.
 */
import { z } from "zod";
import { buildOptionsSchema } from "../build/events";
import { fileFormatSchema, MAX_TEXT_BYTES } from "./document";

export const RECORD_FORMAT = "stagecraft-build";
export const RECORD_VERSION = 1;
export const RECORD_TYPE = "application/gzip";

/** Bytes as sent, bytes of text within, characters of one line, and events. */
export const RECORD_LIMITS = {
  packed: 32 * 1024 * 1024,
  unpacked: 128 * 1024 * 1024,
  line: 8 * 1024 * 1024,
  events: 2_000_000,
} as const;
/** Imported builds that a document keeps. */
export const MAX_IMPORTED = 20;

export const recordHeadSchema = z.object({
  format: z.literal(RECORD_FORMAT),
  version: z.literal(RECORD_VERSION),
  /** Epoch milliseconds, as all times. */
  createdAt: z.number().min(0).max(8.64e15),
  /** Of secrets and ssh keys the ids. */
  options: buildOptionsSchema,
  /** Of the Dockerfile, with the line ends of `file`. */
  text: z.string().max(MAX_TEXT_BYTES),
  file: fileFormatSchema,
});
export type RecordHead = z.infer<typeof recordHeadSchema>;
