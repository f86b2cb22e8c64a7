/**
 * What happens in a build, as data: one schema for the live stream, the stored build and the test fixtures.
 *
 * `seq` counts from 1 without gaps within a build and is the server-sent-event id; `at` is milliseconds since
 * the Unix epoch by the server's clock. Vertices are named by BuildKit's digest; where they belong is said once,
 * by `plan`, before anything runs.
 */
import { z } from "zod";

export { type BuildOptions, buildOptionsSchema } from "./options";

/** A place in the Dockerfile: stage by position, instruction by position within it (0 is FROM). */
export const placeSchema = z.object({ stage: z.int().min(0), instruction: z.int().min(0) });
export type Place = z.infer<typeof placeSchema>;

export const planStageSchema = z.object({
  index: z.int().min(0),
  name: z.string().nullable(),
  /** The stage that this build's result is made from. */
  ships: z.boolean(),
  /** False where the target needs nothing of it and it was not asked for. */
  needed: z.boolean(),
});

export const buildErrorSchema = z.object({
  /** What happened, in a sentence for a person. */
  message: z.string(),
  /** What to do about it, where there is something. */
  hint: z.string().optional(),
  /** The builder's own words, whole. */
  detail: z.string().optional(),
  /** 1-based lines of the Dockerfile. */
  lines: z.tuple([z.int(), z.int()]).optional(),
  place: placeSchema.optional(),
  vertex: z.string().optional(),
  exitCode: z.int().optional(),
});
export type BuildError = z.infer<typeof buildErrorSchema>;

/** One entry of `docker history`, oldest first. `size` in bytes, uncompressed. */
export const layerSchema = z.object({
  size: z.int().min(0),
  createdBy: z.string(),
  /** The instruction that made it; null where it came with the base image. */
  instruction: z.int().min(0).nullable(),
});
export type Layer = z.infer<typeof layerSchema>;

const payloads = [
  /** Not begun: others come first (`place` 1 is the next), or its host is away. Told anew as that changes. */
  z.object({
    type: z.literal("waiting"),
    host: z.string(),
    place: z.int().min(1).optional(),
    /** Why the host cannot be reached. */
    reason: z.string().optional(),
  }),
  /** The build has left the queue; from here on the host works for it. */
  z.object({
    type: z.literal("started"),
    host: z.object({ name: z.string(), engine: z.string(), platform: z.string() }),
  }),
  /** Which vertex belongs where. A merged twin has several places. Internal vertices (context, export) have none. */
  z.object({
    type: z.literal("plan"),
    stages: z.array(planStageSchema),
    vertices: z.array(
      z.object({
        digest: z.string(),
        places: z.array(placeSchema),
        /** Those that it is for; absent in a build for one alone. */
        platforms: z.array(z.string()).optional(),
      }),
    ),
    /** In the order in which they were asked for, where there are several. */
    platforms: z.array(z.string()).optional(),
  }),
  z.object({
    type: z.literal("vertex"),
    digest: z.string(),
    name: z.string(),
    /** Epoch milliseconds by the host's clock; absent until it starts / ends. A vertex can run more than once. */
    started: z.number().optional(),
    completed: z.number().optional(),
    cached: z.boolean(),
    error: z.string().optional(),
  }),
  /** Progress within a vertex: bytes pulled, sent or extracted. `total` 0 where unknown. */
  z.object({
    type: z.literal("progress"),
    vertex: z.string(),
    id: z.string(),
    current: z.number(),
    total: z.number(),
    done: z.boolean(),
  }),
  /** As the process wrote it, any split: a line may arrive in pieces. stream 1 is stdout, 2 stderr. */
  z.object({
    type: z.literal("log"),
    vertex: z.string(),
    stream: z.union([z.literal(1), z.literal(2)]),
    text: z.string(),
  }),
  z.object({
    type: z.literal("warning"),
    vertex: z.string().optional(),
    message: z.string(),
    detail: z.string().optional(),
    url: z.string().optional(),
    lines: z.tuple([z.int(), z.int()]).optional(),
  }),
  /** It has succeeded: all is built, and the image is where it was to go. What stages weigh may still come. */
  z.object({ type: z.literal("built") }),
  /** What a stage weighs once built: `size` is the sum of `layers`, as `docker history` counts. */
  z.object({
    type: z.literal("size"),
    stage: z.int().min(0),
    /** Told of each, in a build for several. */
    platform: z.string().optional(),
    size: z.int().min(0),
    base: z.int().min(0),
    layers: z.array(layerSchema),
    /** Id of the image on the host, sha256:… */
    image: z.string().optional(),
  }),
  z.object({
    type: z.literal("finished"),
    status: z.enum(["succeeded", "failed", "canceled", "interrupted"]),
    error: buildErrorSchema.optional(),
  }),
] as const;

const head = { seq: z.int().min(1), at: z.number() };

export const buildEventBodySchema = z.discriminatedUnion("type", payloads);
export type BuildEventBody = z.infer<typeof buildEventBodySchema>;

export const buildEventSchema = z.intersection(z.object(head), buildEventBodySchema);
export type BuildEvent = z.infer<typeof buildEventSchema>;
export type BuildStatus = "queued" | "running" | Extract<BuildEventBody, { type: "finished" }>["status"];
