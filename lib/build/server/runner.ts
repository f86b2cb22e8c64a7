/** Runs one build on a host and tells it as events. */
import { setMaxListeners } from "node:events";
import { setTimeout as timeout } from "node:timers/promises";
import { parseDockerfile } from "../../dockerfile";
import type { BuildError, BuildEventBody, BuildOptions } from "../events";
import { BuildImages } from "./build-images";
import { BuildInputs, sharedKey } from "./build-inputs";
import { planBuild, UnbuildableError } from "./build-plan";
import { BuildRun, type Finished } from "./build-run";
import type { SshAgents } from "./buildkit/ssh-forward";
import type { ContextFolder } from "./contexts/folder";
import type { RemoteContexts } from "./contexts/remote";
import { type Credentials, NO_CREDENTIALS } from "./credentials";
import { HostClock } from "./host-clock";
import type { HostConnection } from "./host-connection";
import { addressed, type NamedFolders, withNamedContexts } from "./named-contexts";
import { refusePlatforms } from "./platforms";
import { pushImage } from "./push";
import { redacting } from "./redaction";

export interface BuildRequest {
  id: string;
  /** The document it is a build of: its image replaces that of the document's build before. */
  document?: string;
  /** As on disk: line endings and byte order mark restored. */
  dockerfile: string;
  context: ContextFolder | null;
  options: BuildOptions;
  /** Values by id. In memory only, and only until the build is over. */
  secrets?: ReadonlyMap<string, Uint8Array>;
  /** Who signs for `RUN --mount=type=ssh`, by id: as short-lived. */
  ssh?: SshAgents;
  /** Named contexts that were sent beforehand. */
  attached?: NamedFolders;
  /** Where named contexts are fetched from by their address. */
  remote?: RemoteContexts;
  /** Logins that registries are shown. */
  credentials?: Credentials;
}

/** How long the next build in a queue may be kept waiting by a host that does not answer any more. */
const CLEAN_UP_MS = 5_000;

/**
 * Runs one build; every event body goes to `tell` in order, `finished` last; never rejects. Resolves when what the
 * build needed on the host is cleaned up. Aborting `signal` stops the build on the host. No more of its output is read
 * than `room` is told to have.
 */
export async function runBuild(
  host: HostConnection,
  request: BuildRequest,
  tell: (body: BuildEventBody) => void,
  signal: AbortSignal,
  room: () => Promise<void> = async () => {},
): Promise<void> {
  const { options, secrets = new Map<string, Uint8Array>(), credentials = NO_CREDENTIALS } = request;
  const { ssh = new Map() } = request;
  // Every stage and platform has calls of its own that hear it.
  setMaxListeners(0, signal);
  const clock = new HostClock(Date.now);
  const emit = redacting((body) => {
    clock.read(body);
    tell(body);
  }, secrets.values());
  emit({ type: "started", host: { name: host.name, engine: host.engine, platform: host.platform } });
  const document = request.document ?? request.id;
  const images = new BuildImages(host.api, document, request.id);
  let run = null as BuildRun | null;
  let outcome: Finished;
  let keep: number | null = null;
  try {
    const tree = parseDockerfile(request.dockerfile);
    const plan = planBuild(tree, options);
    refuseWhatIsTooNew(host, options);
    refuseCacheExport(host, options);
    refusePlatforms(host, tree, options, plan);
    warnOfForeignCache(host, options, emit);
    if (options.output === "push" && options.tags.length === 0) throw nowhereToPush();
    if (addressed(options).length > 0) clock.learn(await host.api.time(signal));
    outcome = await withNamedContexts({ options, remote: request.remote, emit, signal, clock }, (fetched) => {
      const named = new Map([...(request.attached ?? []), ...fetched]);
      const inputs = new BuildInputs(tree, request.context, options, named);
      run = new BuildRun({
        host,
        tree,
        plan,
        inputs,
        images,
        options,
        loans: { secrets, credentials, ssh },
        emit,
        room,
        async name() {
          if (options.output === "discard") return;
          for (const tag of options.tags) await giveTag(host, images.tag(plan.target), tag);
          if (options.output !== "push") return;
          for (const tag of options.tags) await pushImage(tag, { host, credentials, emit, signal, clock });
        },
        signal,
        sharedKey: sharedKey(document),
      });
      return run.run();
    });
    if (run?.exported && (run.built || !signal.aborted) && options.output !== "discard") keep = plan.target;
  } catch (error) {
    outcome = { type: "finished", status: "failed", error: unexpected(error, host) };
  }
  // What was stopped once all was built was only its weighing.
  emit(signal.aborted && !run?.built ? { type: "finished", status: "canceled" } : outcome);
  // A host that is gone keeps what was made on it until a later build of the document, or a sweep.
  await Promise.race([images.cleanUp(keep).catch(() => {}), timeout(CLEAN_UP_MS, undefined, { ref: false })]);
}

/** Frontends before 1.4 pass over these without a word, and build something else. */
function refuseWhatIsTooNew({ name, engine, features }: HostConnection, options: BuildOptions): void {
  const asked = [
    Object.keys(options.contexts).length > 0 && "named contexts",
    Object.keys(options.ulimits).length > 0 && "ulimits",
  ].filter((each) => each !== false);
  // They came to BuildKit no later than COPY --link did.
  if (asked.length === 0 || features.copyLink) return;
  throw new UnbuildableError(
    `The Docker host ${name} runs Engine ${engine}, which knows no ${asked.join(" and no ")}.`,
    "Take them out of the build options, or build on a newer engine: 23.0 and later know them.",
  );
}

/** An engine with the older image store takes the wish, and fails once all is built. */
function refuseCacheExport({ name, store, features }: HostConnection, { cacheTo }: BuildOptions): void {
  if (cacheTo === null || features.cacheExport) return;
  throw new UnbuildableError(
    `The Docker host ${name} keeps images in ${store}, and writes a build cache to a registry only from the containerd image store.`,
    "Keep the cache’s keys in the image instead, build on another host, or turn the containerd store on there (“containerd-snapshotter” in daemon.json).",
  );
}

/**
 * A step is found by what it is asked to do, and frontends before 1.4 ask otherwise: what they write into a RUN lacks
 * `removeMountStubsRecursive` (client/llb/exec.go), and so has another key.
 */
function warnOfForeignCache(
  { name, engine, features }: HostConnection,
  { cacheFrom }: BuildOptions,
  emit: (body: BuildEventBody) => void,
): void {
  if (cacheFrom.length === 0 || features.copyLink) return;
  emit({
    type: "warning",
    message: `The Docker host ${name} runs Engine ${engine}, which finds its steps only in caches that engines of its age wrote.`,
    detail:
      "Engines from 23.0 on call the same steps by other names. Steps run anew where the cache is one of theirs.",
  });
}

const nowhereToPush = () =>
  new UnbuildableError(
    "The image is to be pushed, and nothing says where to.",
    "Give it a tag with the name of a registry, such as ghcr.io/me/app:1.0.",
  );

async function giveTag(host: HostConnection, image: string, tag: string): Promise<void> {
  try {
    await host.api.tag(image, tag);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new UnbuildableError(
      `The image was built, but could not be tagged ${tag}: ${detail}`,
      "Choose another tag.",
    );
  }
}

function unexpected(error: unknown, host: HostConnection): BuildError {
  if (error instanceof UnbuildableError) return { message: error.message, hint: error.hint };
  const detail = error instanceof Error ? error.message : String(error);
  return {
    message: `The Docker host ${host.name} could not be asked to build.`,
    hint: "Check that the Docker Engine runs and can be reached, then build again.",
    detail,
  };
}
