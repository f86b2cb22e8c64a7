/** A container started from what was built, to see that it works: what is told of it as it goes. */
import { z } from "zod";

/** Bounds of such a container; stated to whoever starts one. */
export const RUN_LIMITS = {
  seconds: 30,
  memoryBytes: 512 * 1024 * 1024,
  processors: 1,
  processes: 256,
  /** Of its output, in bytes; what follows is not kept. */
  outputBytes: 1024 * 1024,
} as const;

/** `command` runs instead of the image's own, through its shell where it is one string. Null: the image's own. */
export const runRequestSchema = z.object({
  command: z.string().max(10_000).nullable().default(null),
});

export const runEventSchema = z.discriminatedUnion("type", [
  /** What runs: entrypoint and command, as the image has them. */
  z.object({ type: z.literal("started"), command: z.array(z.string()), image: z.string() }),
  z.object({ type: z.literal("output"), stream: z.union([z.literal(1), z.literal(2)]), text: z.string() }),
  /** `exitCode` is null where it was stopped; `reason` says why it was. */
  z.object({
    type: z.literal("ended"),
    exitCode: z.int().nullable(),
    reason: z.enum(["exited", "timeout", "memory", "stopped"]),
    milliseconds: z.number(),
    /** Bytes of output beyond the limit. */
    cut: z.int(),
  }),
  z.object({ type: z.literal("failed"), message: z.string(), hint: z.string().optional() }),
]);
export type RunEvent = z.infer<typeof runEventSchema>;
