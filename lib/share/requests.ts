/** Bodies of requests, as the routes read them and the description of the interface shows them. */
import { z } from "zod";
import { buildOptionsSchema, secretValuesSchema } from "../build/options";

export const newDocumentSchema = z.object({
  title: z.string().max(1_000).optional(),
  text: z.string().optional(),
  /** Id of a template: its title, Dockerfile and files, as far as nothing else is given. */
  template: z.string().optional(),
});

export const newBuildSchema = z.object({
  options: buildOptionsSchema.prefault({}),
  /** For this build only: its record names them, and says no more. */
  secrets: secretValuesSchema.default({}),
  /** Stop the build that still runs, if there is one. */
  replace: z.boolean().default(false),
});

export const fromTemplateSchema = z.object({ template: z.string() });
