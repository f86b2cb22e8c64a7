/** Short ways to write build events, and a generator of plausible and of implausible ones. */
import fc from "fast-check";
import type { BuildEvent, BuildEventBody, Place } from "../../lib/build/events";

type Body<T extends BuildEventBody["type"]> = Extract<BuildEventBody, { type: T }>;

/** Numbers the bodies from `first`; each happens a second after the one before. */
export function numbered(bodies: readonly BuildEventBody[], first = 1): BuildEvent[] {
  return bodies.map((body, index) => ({ ...body, seq: first + index, at: 100_000 + index * 1000 }));
}

export const started: Body<"started"> = {
  type: "started",
  host: { name: "here", engine: "28.5.2", platform: "linux/amd64" },
};

export function plan(
  stages: (string | null | { name: string | null; needed?: boolean; ships?: boolean })[],
  vertices: Record<string, Place[]>,
): Body<"plan"> {
  return {
    type: "plan",
    stages: stages.map((stage, index) => ({
      index,
      needed: true,
      ships: index === stages.length - 1,
      ...(typeof stage === "object" && stage !== null ? stage : { name: stage }),
    })),
    vertices: Object.entries(vertices).map(([digest, places]) => ({ digest, places })),
  };
}

export const at = (stage: number, instruction: number): Place => ({ stage, instruction });

export function vertex(digest: string, more: Partial<Body<"vertex">> = {}): Body<"vertex"> {
  return { type: "vertex", digest, name: `step ${digest}`, cached: false, ...more };
}

export function log(digest: string, text: string, stream: 1 | 2 = 1): Body<"log"> {
  return { type: "log", vertex: digest, stream, text };
}

export function size(
  stage: number,
  base: number,
  layers: [instruction: number | null, bytes: number][],
): Body<"size"> {
  return {
    type: "size",
    stage,
    base,
    size: layers.reduce((sum, [, bytes]) => sum + bytes, 0),
    layers: layers.map(([instruction, bytes]) => ({ size: bytes, createdBy: "made", instruction })),
  };
}

export function finished(
  status: Body<"finished">["status"],
  error?: Body<"finished">["error"],
): Body<"finished"> {
  return { type: "finished", status, error };
}

const digest = fc.constantFrom("a", "b", "c", "d", "internal");
const place = fc.record({ stage: fc.nat(3), instruction: fc.nat(4) });
const moment = fc.integer({ min: 99_000, max: 120_000 });
const text = fc
  .array(fc.constantFrom("x", "line", "\n", "\r", "\r\n", " ", "\x1b[31m", "\x1b[1G", "é"), { maxLength: 8 })
  .map((pieces) => pieces.join(""));

const body: fc.Arbitrary<BuildEventBody> = fc.oneof(
  fc.constant(started),
  fc
    .tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.dictionary(digest, fc.array(place, { maxLength: 3 })),
      fc.nat(4),
    )
    .map(([stages, vertices, unneeded]) =>
      plan(
        Array.from({ length: stages }, (_, index) => ({ name: `s${index}`, needed: index !== unneeded })),
        vertices,
      ),
    ),
  fc
    .record({
      digest,
      started: fc.option(moment, { nil: undefined }),
      completed: fc.option(moment, { nil: undefined }),
      cached: fc.boolean(),
      error: fc.option(fc.constantFrom("exit code: 3", "context canceled"), { nil: undefined }),
    })
    .map((more) => vertex(more.digest, more)),
  fc
    .record({ digest, id: fc.constantFrom("p", "q"), current: fc.nat(), done: fc.boolean() })
    .map((progress) => ({
      type: "progress" as const,
      vertex: progress.digest,
      id: progress.id,
      current: progress.current,
      total: 0,
      done: progress.done,
    })),
  fc
    .tuple(digest, text, fc.constantFrom<1 | 2>(1, 2))
    .map(([name, words, stream]) => log(name, words, stream)),
  fc.constant({ type: "warning" as const, message: "careful" }),
  fc.constant({ type: "built" as const }),
  fc.nat(3).map((stage) =>
    size(stage, 10, [
      [null, 10],
      [1, 5],
    ]),
  ),
  fc
    .constantFrom<Body<"finished">["status"]>("succeeded", "failed", "canceled", "interrupted")
    .map((status) => finished(status, status === "failed" ? { message: "no", place: at(1, 1) } : undefined)),
);

/** Any events in any order: the stream may be nonsense, the laws must hold. */
export const anyEvents = fc.array(body, { maxLength: 40 }).map((bodies) => numbered(bodies));

/** Cuts a list into batches at random. */
export function anySplit<T>(items: readonly T[]): fc.Arbitrary<T[][]> {
  return fc.array(fc.nat(Math.max(items.length, 1)), { maxLength: 8 }).map((cuts) => {
    const ends = [...new Set([...cuts, items.length])].sort((a, b) => a - b);
    return ends.map((end, index) => items.slice(ends[index - 1] ?? 0, end));
  });
}
