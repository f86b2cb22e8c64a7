/**
 * The image of a stage that was built. The target's is still on the host after the last successful build of a document;
 * that of any other stage lost its tag when the build ended, and is made again from the build cache, which runs nothing.
 */
import { type Dockerfile, parseDockerfile } from "../../../dockerfile";
import type { BuildDetail } from "../../../share/answers";
import { closeFile } from "../../../share/file-format";
import { Refusal } from "../../../share/refusal";
import { imageTag } from "../build-images";
import { BuildInputs, sharedKey } from "../build-inputs";
import { attribute } from "../buildkit/attribution";
import { connectBuildKit } from "../buildkit/connection";
import { GatewayJob, type SolvedStage, USUAL_RIGHTS } from "../buildkit/gateway-job";
import { openSession } from "../buildkit/session";
import { EngineApiError } from "../engine-api";
import type { HostConnection } from "../host-connection";
import { entitlementsOf } from "../job-rights";
import type { NamedFolders } from "../named-contexts";

/** The files of a build context, as a build takes them. */
export type ContextFiles = NonNullable<ConstructorParameters<typeof BuildInputs>[1]>;

export interface StageRequest {
  build: BuildDetail;
  /** By its index in the text that was built. */
  stage: number;
  /** The files that the build had, asked for only where they are needed; null where it had none. */
  context(): Promise<ContextFiles | null>;
  /** The same of named contexts that were sent. */
  named(): Promise<NamedFolders>;
}

/** A build that is over clears its images away once. */
const ATTEMPTS = 3;

/**
 * Calls `use` with a name that the image has on the host while that runs. Throws a Refusal where it is gone. Where it
 * goes meanwhile, as a build that has just ended is still clearing up, `use` is called again.
 */
export async function withStageImage<T>(
  host: HostConnection,
  request: StageRequest,
  signal: AbortSignal,
  use: (image: string) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withImage(host, request, signal, use);
    } catch (error) {
      if (!isMissing(error) || signal.aborted) throw error;
      if (attempt === ATTEMPTS) throw imageGone(error.message);
    }
  }
}

async function withImage<T>(
  host: HostConnection,
  request: StageRequest,
  signal: AbortSignal,
  use: (image: string) => Promise<T>,
): Promise<T> {
  const { build, stage } = request;
  const kept = imageTag(build.documentId, build.id, stage);
  if (await isThere(host, kept)) return use(kept);
  // Beside the build's own tags, so that whatever clears those away takes this one too.
  const tag = `${kept}-files`;
  try {
    await exportFromCache(host, request, tag, signal);
    return await use(tag);
  } finally {
    await host.api.removeTag(tag).catch(() => {});
  }
}

async function isThere({ api }: HostConnection, image: string): Promise<boolean> {
  try {
    await api.image(image);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const isMissing = (error: unknown): error is EngineApiError =>
  error instanceof EngineApiError && error.status === 404;

async function exportFromCache(
  host: HostConnection,
  { build, stage, context, named }: StageRequest,
  tag: string,
  signal: AbortSignal,
): Promise<void> {
  const tree = parseDockerfile(closeFile(build.text, build.format));
  const inputs = new BuildInputs(tree, await context(), build.options, await named());
  const target = inputs.copy.targets[stage];
  if (!target) throw imageGone();
  const stopping = new AbortController();
  const either = AbortSignal.any([signal, stopping.signal]);
  const connection = await connectBuildKit(host.dial);
  const session = openSession(connection.client, await inputs.trees(), sharedKey(build.documentId));
  try {
    const exporter = { type: "moby", attributes: { name: tag } };
    const rights = { ...USUAL_RIGHTS, entitlements: entitlementsOf(build.options) };
    const job = new GatewayJob(connection.client, session.id, exporter, either, rights);
    const steps = new Set<string>();
    void watch(job, steps, () => stopping.abort());
    const solved = await job.solve(inputs.cachedOptions(target));
    for (const digest of stepsOf(solved, stage, tree)) steps.add(digest);
    await job.succeed(solved);
    await job.finished;
  } catch (error) {
    signal.throwIfAborted();
    throw imageGone(error instanceof Error ? error.message : String(error));
  } finally {
    session.close();
    connection.close();
  }
}

/** What a build would have to do anew; FROM is none, since resolving a base is never taken from the cache. */
function stepsOf({ parts }: SolvedStage, stage: number, tree: Dockerfile): string[] {
  const definitions = parts.flatMap(({ definition }) => (definition ? [[stage, definition] as const] : []));
  const attribution = attribute(definitions, tree);
  return [...attribution]
    .filter(([, places]) => places.some(({ instruction }) => instruction > 0))
    .map(([digest]) => digest);
}

/** Calls `miss` as soon as one of the steps begins to run: to look at files must never build anything. */
async function watch(job: GatewayJob, steps: ReadonlySet<string>, miss: () => void): Promise<void> {
  try {
    for await (const { vertexes } of job.status()) {
      if (vertexes.some(({ digest, started, cached }) => started && !cached && steps.has(digest))) miss();
    }
  } catch {
    // The job's own call says how it ended.
  }
}

export function imageGone(detail?: string): Refusal {
  return new Refusal(
    "notFound",
    "image-gone",
    "The build host no longer has what this stage was made of.",
    "Build again, then open its files: the host keeps an image and its cache until they are cleared away.",
    detail === undefined ? {} : { detail },
  );
}
