/** Bodies of requests, as the routes read them and the description of the interface shows them. */
import { z } from "zod";
import { buildOptionsSchema, secretValuesSchema, sshKeysSchema } from "../build/options";

export const newDocumentSchema = z.object({
  title: z.string().max(1_000).optional(),
  text: z.string().optional(),
  /** Id of a template: its title, Dockerfile and files, as far as nothing else is given. */
  template: z.string().optional(),
  /** Id of a lesson: what it begins with, as far as nothing else is given. */
  lesson: z.string().max(100).optional(),
});

export const newBuildSchema = z.object({
  options: buildOptionsSchema.prefault({}),
  /** For this build only: its record names them, and says no more. */
  secrets: secretValuesSchema.default({}),
  /** As secrets are: private keys that steps with an ssh mount may sign with, and never see. */
  sshKeys: sshKeysSchema.default({}),
  /** Stop the build that still runs, if there is one. */
  replace: z.boolean().default(false),
});

/** Where the server takes a build context from by itself. */
export const contextSourceSchema = z.union([
  z.object({ template: z.string() }),
  z.object({
    git: z.object({
      /** https; may end in `#ref:folder`. */
      url: z.string().max(2_000),
      /** A branch, a tag or a whole commit hash. */
      ref: z.string().max(250).optional(),
      folder: z.string().max(1_000).optional(),
    }),
  }),
]);

/** A text for the ignore file of the build context that is attached. */
export const ignoreFileSchema = z.object({
  /** Id of the build context whose file was read: what is attached by then stays. */
  of: z.string().max(100),
  text: z.string().max(100_000),
});
export type IgnoreFileText = z.infer<typeof ignoreFileSchema>;

/** Files of a build context, without their contents. */
export const contextFilesSchema = z.object({
  name: z.string().max(1_000),
  files: z
    .array(
      z.object({
        /** Relative, with slashes. */
        path: z.string().min(1).max(4_000),
        /** SHA-256 of the content, hex. */
        blob: z.string().regex(/^[0-9a-f]{64}$/),
        bytes: z.int().min(0),
        /** Permission bits. */
        mode: z.int().min(0).max(0o777),
        /** Milliseconds since 1970. */
        modified: z.number().min(0).max(8.64e15),
      }),
    )
    .max(100_000),
});
export type ContextFileList = z.infer<typeof contextFilesSchema>["files"];
