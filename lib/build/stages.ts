/** What the vertices of a stage make of the stage. */
import type { BuildEvent } from "./events";
import type { BuildState, StageBuildState, StepState, StepStatus, VertexState } from "./state";

type PlannedStage = Pick<
  (BuildEvent & { type: "plan" })["stages"][number],
  "index" | "name" | "ships" | "needed"
>;

/** A stage before anything of it was built. @param built its index in the text that is built, null where that lacks it */
export function stageOf(planned: PlannedStage, built: number | null = planned.index): StageBuildState {
  return {
    index: planned.index,
    built,
    name: planned.name,
    ships: planned.ships,
    needed: planned.needed,
    status: planned.needed ? "waiting" : "skipped",
    current: null,
    started: null,
    completed: null,
    steps: {},
    size: null,
    base: null,
    layers: [],
    weights: {},
    lastLine: "",
  };
}

/** The vertices of each stage asked for, in the plan's order, each with the instructions that it is there. */
export function touch(
  state: BuildState,
  stages: ReadonlySet<number>,
): Map<number, { vertex: VertexState; instruction: number }[]> {
  const found = new Map<number, { vertex: VertexState; instruction: number }[]>();
  for (const digest of state.order) {
    const vertex = state.vertices[digest];
    for (const place of vertex?.places ?? []) {
      if (!vertex || !stages.has(place.stage)) continue;
      const list = found.get(place.stage);
      if (list) list.push({ vertex, instruction: place.instruction });
      else found.set(place.stage, [{ vertex, instruction: place.instruction }]);
    }
  }
  return found;
}

/** Writes to `stage`, which belongs to the caller. */
export function settleStage(
  stage: StageBuildState,
  places: readonly { vertex: VertexState; instruction: number }[],
  state: BuildState,
): void {
  const steps: Record<number, StepState> = {};
  for (const { vertex, instruction } of places) {
    const step = steps[instruction];
    steps[instruction] = step ? joined(step, vertex) : stepOf(instruction, vertex);
  }
  for (const [instruction, step] of Object.entries(steps)) {
    const before = stage.steps[Number(instruction)];
    if (before && same(before, step)) steps[Number(instruction)] = before;
  }
  const failedPlace = state.error?.place;
  stage.steps = steps;
  const all = Object.values(steps);
  stage.status = statusOf(stage, all, state);
  if (stage.status === "skipped") return;
  const ongoing =
    all.find((step) => step.status === "failed") ?? all.find((step) => step.status === "running");
  stage.current =
    ongoing?.instruction ?? (failedPlace?.stage === stage.index ? failedPlace.instruction : null);
  const begun = all.filter((step) => step.started !== null);
  stage.started = begun.length === 0 ? null : Math.min(...begun.map((step) => step.started!));
  const over = begun.every((step) => step.completed !== null) && begun.length > 0 && !isOpen(stage.status);
  stage.completed = over ? Math.max(...begun.map((step) => step.completed!)) : null;
  stage.lastLine = (ongoing ?? all.findLast((step) => step.lastLine !== ""))?.lastLine ?? "";
}

function isOpen(status: StageBuildState["status"]): boolean {
  return status === "waiting" || status === "running";
}

function statusOf(stage: StageBuildState, steps: StepState[], state: BuildState): StageBuildState["status"] {
  if (!stage.needed) return "skipped";
  const has = (status: StepStatus) => steps.some((step) => step.status === status);
  const over = state.endedAt !== null;
  if (has("failed") || state.error?.place?.stage === stage.index) return "failed";
  if (has("running")) return "running";
  if (has("canceled")) return "canceled";
  if (has("waiting")) return "waiting";
  // Only FROM of a stage, FROM scratch, ENV, CMD…: nothing to run, so it is there when the host has weighed it.
  if (steps.length === 0 && stage.size === null) {
    if (!over) return "waiting";
    return state.status === "succeeded" ? "done" : "canceled";
  }
  const own = steps.filter((step) => step.instruction !== 0);
  const telling = own.length > 0 ? own : steps;
  return telling.length > 0 && telling.every((step) => step.status === "cached") ? "cached" : "done";
}

function stepOf(instruction: number, vertex: VertexState): StepState {
  return {
    instruction,
    status: vertex.status,
    started: vertex.runs[0]?.started ?? vertex.started,
    completed: vertex.completed,
    vertices: [vertex.digest],
    lastLine: vertex.lastLine,
  };
}

/** What happens first wins the word: one failed vertex fails the step, and it is done when all of them are. */
const PRECEDENCE: StepStatus[] = ["failed", "running", "canceled", "waiting", "done", "cached"];

/** ADD of a URL and COPY --link are two vertices for one instruction. */
function joined(step: StepState, vertex: VertexState): StepState {
  const other = stepOf(step.instruction, vertex);
  const rank = (status: StepStatus) => PRECEDENCE.indexOf(status);
  // Downloaded but not yet copied is under way, not waiting.
  const partly =
    [step.status, other.status].includes("waiting") &&
    [step.started, other.started].some((at) => at !== null);
  const status = rank(step.status) < rank(other.status) ? step.status : other.status;
  return {
    instruction: step.instruction,
    status: status === "waiting" && partly ? "running" : status,
    started: earliest(step.started, other.started),
    completed:
      step.completed === null || other.completed === null ? null : Math.max(step.completed, other.completed),
    vertices: [...step.vertices, vertex.digest],
    lastLine: other.lastLine || step.lastLine,
  };
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function same(a: StepState, b: StepState): boolean {
  return (
    a.status === b.status &&
    a.started === b.started &&
    a.completed === b.completed &&
    a.lastLine === b.lastLine &&
    a.vertices.length === b.vertices.length &&
    a.vertices.every((digest, index) => digest === b.vertices[index])
  );
}
