/** A build for several platforms, seen as a build for one of them: what cards, rows, times and logs are shown of. */
import { splitPlatforms } from "../dockerfile/platform";
import type { BuildOptions } from "./options";
import { settleStage, touch } from "./stages";
import type { BuildState, StageBuildState, StepStatus, VertexState } from "./state";

const singles = new WeakMap<BuildOptions, readonly BuildOptions[]>();

/** The options of each platform by itself; the very same object where there is one. */
export function perPlatform(options: BuildOptions): readonly BuildOptions[] {
  const known = singles.get(options);
  if (known) return known;
  const platforms = splitPlatforms(options.platform);
  const made = platforms.length < 2 ? [options] : platforms.map((platform) => ({ ...options, platform }));
  singles.set(options, made);
  return made;
}

/** The one to look at where nobody chose: that of the failure, else the first; null in a build for one. */
export function platformToShow({ platforms, vertices, error }: BuildState, chosen: string | null) {
  if (chosen !== null && platforms.includes(chosen)) return chosen;
  return vertices[error?.vertex ?? ""]?.platforms?.[0] ?? platforms[0] ?? null;
}

const views = new WeakMap<StageBuildState, Map<string, StageBuildState>>();

/** What is done for all platforms stays; of the rest, what is done for this one. What stands still keeps its identity. */
export function forPlatform(state: BuildState, platform: string): BuildState {
  const order = state.order.filter((digest) => isFor(state.vertices[digest], platform));
  const vertices = Object.fromEntries(order.map((digest) => [digest, state.vertices[digest]!]));
  const failed = state.vertices[state.error?.vertex ?? ""];
  const { place: _, ...elsewhere } = state.error ?? { message: "" };
  const error = state.error && (isFor(failed, platform) ? state.error : elsewhere);
  const view = { ...state, order, vertices, error };
  const anew = state.stages.filter((stage) => !views.get(stage)?.has(platform));
  const places = touch(view, new Set(anew.map(({ index }) => index)));
  for (const stage of anew) {
    const weight = stage.weights[platform];
    const own = { ...stage, ...(weight ?? { size: null, base: null, layers: [] }) };
    settleStage(own, places.get(stage.index) ?? [], view);
    const known = views.get(stage) ?? new Map<string, StageBuildState>();
    views.set(stage, known.set(platform, own));
  }
  return { ...view, stages: state.stages.map((stage) => views.get(stage)!.get(platform)!) };
}

const isFor = (vertex: VertexState | undefined, platform: string) =>
  !vertex?.platforms || vertex.platforms.includes(platform);

/** How far each platform is: what failed or runs first, then what is not done. */
export function platformStatus(state: BuildState, platform: string): StepStatus {
  const own = state.order.flatMap((digest) => {
    const vertex = state.vertices[digest];
    return vertex?.platforms?.includes(platform) && vertex.places.length > 0 ? [vertex.status] : [];
  });
  for (const status of ["failed", "running", "canceled", "waiting"] as const)
    if (own.includes(status)) return status;
  return own.length > 0 && own.every((status) => status === "cached") ? "cached" : "done";
}
