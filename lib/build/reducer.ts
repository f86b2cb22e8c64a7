/**
 * From events to the state of a build. Pure: the same events give the same state, however they were cut into batches.
 * What a batch does not touch keeps its identity, so that a card whose stage stood still does not draw again.
 */
import type { BuildEvent } from "./events";
import { settleStage, stageOf, touch } from "./stages";
import type { BuildState, StageBuildState, VertexState } from "./state";
import { addLog, applyVertex, emptyVertex } from "./vertices";

export function emptyBuild(): BuildState {
  return {
    status: "queued",
    seq: 0,
    startedAt: null,
    endedAt: null,
    lastAt: null,
    clockOffset: null,
    host: null,
    waiting: null,
    platforms: [],
    stages: [],
    vertices: {},
    order: [],
    error: null,
    warnings: [],
  };
}

/** Events that `state` has seen already (by `seq`) do nothing: a stream may be resumed from anywhere before. */
export function reduceBuild(state: BuildState, events: readonly BuildEvent[]): BuildState {
  const draft = new Draft(state);
  for (const event of events) draft.apply(event);
  return draft.finish();
}

/** Copies on first touch, once a batch, and settles each touched stage once at the end. */
class Draft {
  private next: BuildState;
  private readonly ownVertices = new Map<string, VertexState>();
  private readonly dirtyStages = new Set<number>();
  private ownStages = false;
  private ownOrder = false;
  private ownWarnings = false;

  constructor(private readonly before: BuildState) {
    this.next = before;
  }

  apply(event: BuildEvent): void {
    if (event.seq <= this.next.seq) return;
    if (this.next === this.before) this.next = { ...this.before };
    const next = this.next;
    next.seq = event.seq;
    next.lastAt = Math.max(next.lastAt ?? event.at, event.at);
    switch (event.type) {
      case "waiting":
        next.waiting = { host: event.host, place: event.place, reason: event.reason };
        return;
      case "started":
        next.status = "running";
        next.waiting = null;
        next.startedAt = event.at;
        next.host = event.host;
        for (const stage of next.stages.keys()) this.dirtyStages.add(stage);
        return;
      case "plan":
        next.stages = event.stages.map(stageOf);
        this.ownStages = true;
        next.platforms = event.platforms ?? [];
        for (const { digest, places, platforms } of event.vertices)
          Object.assign(this.vertex(digest), { places, platforms: platforms ?? null });
        for (const stage of next.stages.keys()) this.dirtyStages.add(stage);
        return;
      case "vertex": {
        const vertex = this.vertex(event.digest);
        applyVertex(vertex, event);
        this.readClock(event.at, event.completed ?? event.started);
        this.spoil(vertex);
        return;
      }
      case "progress": {
        const vertex = this.vertex(event.vertex);
        const { id, current, total, done, at } = event;
        const began = vertex.progress[id]?.began ?? { at, current };
        vertex.progress[id] = { current, total, done, at, began };
        return;
      }
      case "log": {
        const vertex = this.vertex(event.vertex);
        addLog(vertex, event.stream, event.text);
        this.spoil(vertex);
        return;
      }
      case "warning": {
        const { message, detail, url, lines, vertex } = event;
        if (!this.ownWarnings) next.warnings = [...next.warnings];
        this.ownWarnings = true;
        next.warnings.push({ message, detail, url, lines, vertex });
        return;
      }
      case "size": {
        const stage = this.stage(event.stage);
        if (!stage) return;
        const { size, base, layers, platform } = event;
        if (platform !== undefined) stage.weights = { ...stage.weights, [platform]: { size, base, layers } };
        if (platform === undefined || platform === next.platforms[0])
          Object.assign(stage, { size, base, layers });
        this.dirtyStages.add(event.stage);
        return;
      }
      case "built":
        next.status = "succeeded";
        next.endedAt = event.at;
        this.endVertices();
        return;
      case "finished":
        next.status = event.status;
        next.waiting = null;
        next.endedAt ??= event.at;
        next.error = event.error ?? null;
        this.endVertices();
        return;
    }
  }

  finish(): BuildState {
    const { next } = this;
    if (next === this.before) return next;
    if (this.ownVertices.size > 0) {
      next.vertices = { ...next.vertices };
      for (const [digest, vertex] of this.ownVertices) next.vertices[digest] = vertex;
    }
    if (this.dirtyStages.size > 0) {
      const places = touch(next, this.dirtyStages);
      for (const index of this.dirtyStages) {
        const stage = this.stage(index);
        if (stage) settleStage(stage, places.get(index) ?? [], next);
      }
    }
    return next;
  }

  private vertex(digest: string): VertexState {
    const own = this.ownVertices.get(digest);
    if (own) return own;
    const known = this.next.vertices[digest];
    const copy: VertexState = known
      ? {
          ...known,
          progress: { ...known.progress },
          runs: known.runs.map((run) => ({ ...run })),
          openLines: [...known.openLines],
        }
      : emptyVertex(digest);
    if (!known) {
      if (!this.ownOrder) this.next.order = [...this.next.order];
      this.ownOrder = true;
      this.next.order.push(digest);
    }
    this.ownVertices.set(digest, copy);
    return copy;
  }

  private stage(index: number): StageBuildState | undefined {
    if (!this.ownStages) this.next.stages = [...this.next.stages];
    this.ownStages = true;
    const stage = this.next.stages[index];
    if (!stage || stage !== this.before.stages[index]) return stage;
    const copy = { ...stage };
    this.next.stages[index] = copy;
    return copy;
  }

  private spoil(vertex: VertexState): void {
    for (const place of vertex.places) this.dirtyStages.add(place.stage);
  }

  /** An event arrives after what it tells of, so the smallest difference seen is the nearest to the truth. */
  private readClock(at: number, host: number | undefined): void {
    if (host === undefined) return;
    this.next.clockOffset = Math.min(this.next.clockOffset ?? at - host, at - host);
  }

  /** Nothing runs once a build is over: what ran is canceled, and so is what never came to its turn. */
  private endVertices(): void {
    const succeeded = this.next.status === "succeeded";
    for (const digest of this.next.order) {
      const seen = this.ownVertices.get(digest) ?? this.next.vertices[digest];
      if (seen && (seen.status === "running" || seen.status === "waiting")) {
        const vertex = this.vertex(digest);
        // A later step that came whole from the cache made these unnecessary: BuildKit never tells of them.
        vertex.status = succeeded ? (seen.status === "waiting" ? "cached" : "done") : "canceled";
      }
    }
    for (const stage of this.next.stages.keys()) this.dirtyStages.add(stage);
  }
}
