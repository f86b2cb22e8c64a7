/** A build on a time axis: lanes by image, stage and export, a bar for each run of each step. */
import type { Place } from "./events";
import { type InternalKind, imageOf, internalKind, stepName } from "./names";
import type { BuildState, Run, VertexState } from "./state";

/** Milliseconds between two runs of a vertex that a person takes for one. */
const SAME_GO = 50;

/** "aside": reading the Dockerfile, sending the context; no step of the build. */
export type BarKind = "cached" | "ran" | "running" | "pull" | "aside" | "failed" | "canceled";

export interface Bar {
  key: string;
  digest: string;
  /** Where a click leads; null for what belongs to no instruction. */
  place: Place | null;
  kind: BarKind;
  /** BuildKit's words for it. */
  name: string;
  /** Milliseconds since the timeline's beginning. */
  start: number;
  /** null while it runs. */
  end: number | null;
  /** Other places that the same vertex makes: BuildKit ran it once for all of them. */
  shared: number;
}

export interface Lane {
  key: string;
  kind: "image" | "stage" | InternalKind;
  label: string;
  /** Index of the stage of a stage's lane. */
  stage: number | null;
  bars: Bar[];
}

export interface Timeline {
  lanes: Lane[];
  /** The beginning, epoch milliseconds by the host's clock; null while nothing has begun. */
  origin: number | null;
  /** Milliseconds from the beginning to the last thing known. */
  known: number;
}

/** `stages` gives the names of the stages' lanes; lanes of stages come in the order of the file. */
export function timelineOf(state: BuildState, stages: readonly string[]): Timeline {
  const vertices = state.order.flatMap((digest) => state.vertices[digest] ?? []).map(sinceStart(state));
  const runs = vertices.flatMap((vertex) => vertex.runs);
  if (runs.length === 0) return { lanes: emptyLanes(state, stages), origin: null, known: 0 };
  const { origin, known } = spanOf(state, runs);
  const lanes: Lane[] = [];
  const images = imageLanes(vertices, origin);
  for (const kind of ["prepare", "context"] as const) lanes.push(...internalLane(kind, vertices, origin));
  for (const stage of state.stages) {
    if (stage.status === "skipped") continue;
    for (const image of images) {
      if (image.firstStage === stage.index) lanes.push(image.lane);
    }
    lanes.push(stageLane(stage.index, stages[stage.index] ?? `stage-${stage.index}`, vertices, origin));
  }
  for (const image of images) if (image.firstStage === null) lanes.push(image.lane);
  lanes.push(...internalLane("export", vertices, origin));
  return { lanes, origin, known };
}

/** What another build began, and this one found under way or done, is shown from this one's start. */
function sinceStart({ startedAt, clockOffset }: BuildState): (vertex: VertexState) => VertexState {
  if (startedAt === null || clockOffset === null) return (vertex) => vertex;
  const start = startedAt - clockOffset;
  return (vertex) =>
    vertex.runs.every((run) => run.started >= start)
      ? vertex
      : {
          ...vertex,
          runs: vertex.runs.map((run) => ({
            started: Math.max(run.started, start),
            completed: run.completed === null ? null : Math.max(run.completed, start),
          })),
        };
}

/** From the moment the host took the build to its end, or to the last thing known, by the host's clock. */
function spanOf(state: BuildState, runs: readonly Run[]): { origin: number; known: number } {
  const byHost = (at: number | null) => (at === null ? [] : [at - (state.clockOffset ?? 0)]);
  const origin = Math.min(...byHost(state.startedAt), ...runs.map((run) => run.started));
  const end = Math.max(...byHost(state.endedAt), ...runs.map((run) => run.completed ?? run.started));
  return { origin, known: end - origin };
}

function emptyLanes(state: BuildState, stages: readonly string[]): Lane[] {
  return state.stages
    .filter(({ status }) => status !== "skipped")
    .map(({ index }) => stageLane(index, stages[index] ?? `stage-${index}`, [], 0));
}

function stageLane(stage: number, label: string, vertices: VertexState[], origin: number): Lane {
  const bars = vertices
    .filter((vertex) => imageOf(vertex) === null)
    .flatMap((vertex) => {
      const place = vertex.places.find((each) => each.stage === stage);
      return place ? barsOf(vertex, place, origin) : [];
    });
  return { key: `stage:${stage}`, kind: "stage", label, stage, bars: inOrder(bars) };
}

function imageLanes(vertices: VertexState[], origin: number): { firstStage: number | null; lane: Lane }[] {
  const found = new Map<string, { firstStage: number | null; lane: Lane }>();
  for (const vertex of vertices) {
    const label = imageOf(vertex);
    if (label === null) continue;
    const stages = vertex.places.map((place) => place.stage);
    const firstStage = stages.length === 0 ? null : Math.min(...stages);
    const place = vertex.places.find((each) => each.stage === firstStage) ?? null;
    const bars = barsOf(vertex, place, origin);
    const known = found.get(label);
    if (known) known.lane.bars = inOrder([...known.lane.bars, ...bars]);
    else
      found.set(label, {
        firstStage,
        lane: { key: `image:${label}`, kind: "image", label, stage: null, bars },
      });
  }
  return [...found.values()];
}

const INTERNAL_LABELS: Record<InternalKind, string> = {
  prepare: "prepare",
  context: "build context",
  export: "export",
};

function internalLane(kind: InternalKind, vertices: VertexState[], origin: number): Lane[] {
  const bars = vertices
    .filter(
      (vertex) => vertex.places.length === 0 && imageOf(vertex) === null && internalKind(vertex) === kind,
    )
    .flatMap((vertex) => barsOf(vertex, null, origin));
  if (bars.length === 0) return [];
  return [{ key: kind, kind, label: INTERNAL_LABELS[kind], stage: null, bars: inOrder(bars) }];
}

function barsOf(vertex: VertexState, place: Place | null, origin: number): Bar[] {
  return visibleRuns(vertex.runs).map((run, index) => ({
    key: `${vertex.digest}:${index}`,
    digest: vertex.digest,
    place,
    kind: barKind(vertex),
    name: stepName(vertex),
    start: run.started - origin,
    end: run.completed === null ? null : Math.max(run.completed, run.started) - origin,
    shared: Math.max(0, vertex.places.length - 1),
  }));
}

/** Each solve that asks for an image or a context again is a run of its own; those in one go are one bar. */
function visibleRuns(runs: readonly Run[]): Run[] {
  const visible: Run[] = [];
  for (const run of runs) {
    const last = visible.at(-1);
    if (last && last.completed !== null && run.started - last.completed < SAME_GO)
      last.completed = run.completed;
    else visible.push({ ...run });
  }
  return visible;
}

function barKind(vertex: VertexState): BarKind {
  switch (vertex.status) {
    case "cached":
    case "failed":
    case "canceled":
      return vertex.status;
    case "running":
    case "waiting":
      return "running";
    case "done":
      if (imageOf(vertex) !== null) return "pull";
      return vertex.places.length === 0 && internalKind(vertex) !== "export" ? "aside" : "ran";
  }
}

function inOrder(bars: Bar[]): Bar[] {
  return bars.sort((a, b) => a.start - b.start || (a.end ?? Infinity) - (b.end ?? Infinity));
}

/** Steps of instructions, each counted once however many stages share it. Pulls of images are not steps. */
export function countSteps(
  state: BuildState,
): Record<"cached" | "ran" | "failed" | "running" | "waiting" | "canceled", number> {
  const counts = { cached: 0, ran: 0, failed: 0, running: 0, waiting: 0, canceled: 0 };
  for (const digest of state.order) {
    const vertex = state.vertices[digest];
    if (!vertex || vertex.places.length === 0 || imageOf(vertex) !== null) continue;
    if (vertex.places.every(({ stage }) => state.stages[stage]?.status === "skipped")) continue;
    counts[vertex.status === "done" ? "ran" : vertex.status]++;
  }
  return counts;
}

/** Places for ticks from 0, at most `most` of them after it, at steps that people count in. Milliseconds. */
export function ticksFor(duration: number, most: number): number[] {
  const least = duration / Math.max(1, most);
  const step = TICK_STEPS.find((each) => each >= least) ?? Math.ceil(least / 3_600_000) * 3_600_000;
  return Array.from({ length: Math.floor(duration / step) + 1 }, (_, index) => index * step);
}

const TICK_STEPS = [
  10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
  900_000, 1_800_000, 3_600_000,
];

/**
 * Where the bars of a lane are drawn, in pixels. What is too short to see or to hit gets `least` pixels and moves
 * those after it along, so that ten cached steps look like ten.
 */
export function placeBars(
  bars: readonly Bar[],
  pixelsPerMillisecond: number,
  now: number,
  least: number,
): { left: number; width: number }[] {
  let free = 0;
  return bars.map((bar) => {
    const left = Math.max(free, bar.start * pixelsPerMillisecond);
    const right = (bar.end ?? Math.max(now, bar.start)) * pixelsPerMillisecond;
    const width = Math.max(least, right - left);
    free = left + width + 1;
    return { left, width };
  });
}
