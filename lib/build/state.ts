/**
 * A build as the page shows it: what the events so far add up to. The reducer is pure; a live build, a stored one and
 * a recorded fixture go through the same function.
 */
import type { BuildError, BuildStatus, Layer, Place } from "./events";

export type StepStatus = "waiting" | "running" | "done" | "cached" | "failed" | "canceled";

/** One run of a vertex, epoch milliseconds by the host's clock; BuildKit may run one more than once. */
export interface Run {
  started: number;
  completed: number | null;
}

export interface Progress {
  current: number;
  total: number;
  done: boolean;
  /** When that was told, epoch milliseconds by the server's clock. */
  at: number;
  /** As it was told first. */
  began: { at: number; current: number };
}

export interface VertexState {
  digest: string;
  name: string;
  places: Place[];
  /** Those that it is for, in a build for several; null where there is one, and of what is done for all. */
  platforms: readonly string[] | null;
  status: StepStatus;
  /** Of the latest run; epoch milliseconds by the host's clock. */
  started: number | null;
  completed: number | null;
  runs: Run[];
  error: string | null;
  /** Bytes pulled, sent or extracted, by BuildKit's status id. */
  progress: Record<string, Progress>;
  /** Lines of log so far, one that has not ended yet included. */
  logLines: number;
  /** The last line that says something, without colours. */
  lastLine: string;
  /** What has come of the line that is not ended yet, on stdout and on stderr. */
  openLines: [string, string];
}

/** An instruction of a stage, as far as BuildKit does work for it: what ENV or CMD are has no step. */
export interface StepState {
  instruction: number;
  status: StepStatus;
  started: number | null;
  completed: number | null;
  /** Vertices that make it, in the plan's order: mostly one. */
  vertices: string[];
  lastLine: string;
}

export interface StageWeight {
  size: number;
  base: number;
  layers: Layer[];
}

export interface StageBuildState {
  index: number;
  /** Its index in the text that was built; null where that had no such stage. */
  built: number | null;
  name: string | null;
  ships: boolean;
  needed: boolean;
  /** "skipped": the target does not need it and nobody asked for it. */
  status: StepStatus | "skipped";
  /** Instruction that runs now, or failed. */
  current: number | null;
  started: number | null;
  completed: number | null;
  /** By instruction; only those that have a vertex. */
  steps: Readonly<Record<number, StepState>>;
  size: number | null;
  base: number | null;
  layers: Layer[];
  /** Of each platform, in a build for several; the three before are the first one's then. */
  weights: Readonly<Record<string, StageWeight>>;
  lastLine: string;
}

export interface BuildState {
  status: BuildStatus;
  /** Sequence number of the last event that went in: resume from here. */
  seq: number;
  /** Epoch milliseconds by the server's clock, as are `endedAt` and `lastAt`. */
  startedAt: number | null;
  endedAt: number | null;
  /** When the last event happened. */
  lastAt: number | null;
  /** Server's clock minus the host's, in ms, as far as the events tell: add it to a vertex's times. */
  clockOffset: number | null;
  host: { name: string; engine: string; platform: string } | null;
  /** What a build that has not begun waits for: its place in the line of a host, or a host that is away and why. */
  waiting: { host: string; place?: number | undefined; reason?: string | undefined } | null;
  /** In the order in which they were asked for, in a build for several; else empty. */
  platforms: readonly string[];
  stages: StageBuildState[];
  vertices: Record<string, VertexState>;
  /** Digests in the order in which they were first seen. */
  order: string[];
  error: BuildError | null;
  warnings: { message: string; detail?: string; url?: string; lines?: [number, number]; vertex?: string }[];
}

/** The step of an instruction; undefined where BuildKit has nothing to do for it, or nothing is known yet. */
export function stepAt(state: BuildState, stage: number, instruction: number): StepState | undefined {
  return state.stages[stage]?.steps[instruction];
}

/** Bytes that an instruction added to its stage; null while the stage's size is not known. */
export function bytesAt(
  state: Pick<BuildState, "stages">,
  stage: number,
  instruction: number,
): number | null {
  const of = state.stages[stage];
  if (!of || of.size === null) return null;
  return of.layers.reduce((sum, layer) => (layer.instruction === instruction ? sum + layer.size : sum), 0);
}
