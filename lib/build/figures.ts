/**
 * What later builds want to know of a build: how long each step took, what came from the cache, what it weighs, and
 * which files it was made of. Worked out once when a build is over, and kept beside its record.
 */
import { z } from "zod";
import { parseDockerfile } from "../dockerfile";
import { contextTree } from "./context/context-tree";
import { placeKey, takenFiles } from "./context/digest";
import { evaluationOf } from "./evaluation";
import { buildOptionsSchema } from "./events";
import { stageFigures } from "./stage-figures";
import type { RecordedBuild } from "./why";

const stepFiguresSchema = z.object({
  instruction: z.int().min(0),
  status: z.enum(["waiting", "running", "done", "cached", "failed", "canceled"]),
  /** What it took where it ran to its end. */
  milliseconds: z.number().min(0).nullable(),
  /** What it added to its stage; null where that was not weighed. */
  bytes: z.number().min(0).nullable(),
  /** The host joined it to what was there before, as `COPY --link` asks where a host can: it starts from nothing. */
  joins: z.literal(true).optional(),
  /** Digest of the files that it took from the build context; absent where it takes none. */
  files: z.string().optional(),
});
export type StepFigures = z.infer<typeof stepFiguresSchema>;

const stageFiguresSchema = z.object({
  ships: z.boolean(),
  size: z.number().nullable(),
  base: z.number().nullable(),
  /** The base image with its digest, as the host resolved it. */
  image: z.string().nullable(),
  /** In the order of the file; FROM of an image, RUN, COPY, ADD and WORKDIR have one. */
  steps: z.array(stepFiguresSchema),
});

export type StageFigures = z.infer<typeof stageFiguresSchema>;

export const buildFiguresSchema = z.object({
  stages: z.array(stageFiguresSchema),
  /** Digest of the whole build context; null where there was none or it is not known. */
  context: z.string().nullable(),
});
export type BuildFigures = z.infer<typeof buildFiguresSchema>;

/** A build that is over, with what it was made from. */
export const pastBuildSchema = z.object({
  id: z.string(),
  status: z.enum(["succeeded", "failed", "canceled", "interrupted"]),
  /** Epoch milliseconds; null where the host never began it. */
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  options: buildOptionsSchema,
  /** With LF. */
  text: z.string(),
  figures: buildFiguresSchema,
  /** It was read from a file: what it left is in no cache here. */
  imported: z.literal(true).optional(),
});
export type PastBuild = z.infer<typeof pastBuildSchema>;

export function figuresOf({ text, options, state, context }: RecordedBuild): BuildFigures {
  const tree = parseDockerfile(text);
  const taken =
    context &&
    takenFiles(
      tree,
      evaluationOf(options),
      contextTree(context.entries, context.ignore),
      new Map(context.entries.map(({ path, hash }) => [path, hash])),
    );
  const stages = stageFigures(state, (stage, instruction) =>
    taken?.copies.get(placeKey({ stage, instruction })),
  );
  return { stages, context: taken?.all ?? null };
}

/** What is asked of the builds of a document before its next one. */
export const documentFiguresSchema = z.object({
  /** Newest first; those that are over, and not all of them. */
  builds: z.array(pastBuildSchema),
  /** Of the files in the build context that is attached now, by path; null without one, and to whoever only reads. */
  hashes: z.record(z.string(), z.string()).nullable(),
});
export type DocumentFigures = z.infer<typeof documentFiguresSchema>;
