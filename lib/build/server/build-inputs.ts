/** What is sent to the host for a build: the Dockerfile's copy, the context, the frontend's options. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Dockerfile } from "../../dockerfile";
import type { BuildOptions } from "../events";
import { isFolderOfContext } from "../options";
import { UnbuildableError } from "./build-plan";
import { copyForHost, type DockerfileCopy } from "./buildkit/dockerfile-copy";
import type { FileTree } from "./buildkit/file-tree";
import type { ContextFolder } from "./contexts/folder";
import type { NamedFolders } from "./named-contexts";

const DOCKERFILE = "Dockerfile";
const DOCKERFILE_IGNORE = "Dockerfile.dockerignore";

export class BuildInputs {
  readonly copy: DockerfileCopy;

  constructor(
    tree: Dockerfile,
    readonly context: ContextFolder | null,
    private readonly options: BuildOptions,
    /** The files of the named contexts that were sent or fetched. */
    private readonly named: NamedFolders = new Map(),
  ) {
    this.copy = copyForHost(tree);
  }

  /** By the names that the frontend asks for; throws where a named context's folder is not there. */
  async trees(): Promise<Record<string, FileTree>> {
    const root = this.context;
    const files = new Map<string, Uint8Array>([[DOCKERFILE, Buffer.from(this.copy.text, "utf8")]]);
    const ignore = root?.get(DOCKERFILE_IGNORE)?.content;
    if (ignore !== undefined) files.set(DOCKERFILE_IGNORE, await readFile(ignore));
    const trees: Record<string, FileTree> = { context: { root }, dockerfile: { root: null, extra: files } };
    for (const [name, source] of Object.entries(this.options.contexts)) {
      if (isFolderOfContext(source)) trees[localName(name)] = { root: this.folder(name, source) };
      const files = this.named.get(name);
      if (files) trees[localName(name)] = { root: files };
    }
    return trees;
  }

  /**
   * For the frontend to build the stage of that name. Keys and forms are BuildKit's (frontend/dockerui/config.go,
   * attr.go), the same that `docker buildx build` sends.
   */
  frontendOptions(target: string): Record<string, string> {
    const { options } = this;
    const { platform, network, noCache, noCacheStages, pull, ignoreSyntax } = options;
    const hosts = Object.entries(options.addHosts).map(([name, address]) => `${name}=${address}`);
    const ulimits = Object.entries(options.ulimits).map(([name, limit]) => `${name}=${limit}`);
    const imports = options.cacheFrom.map((ref) => ({ Type: "registry", Attrs: { ref } }));
    return {
      filename: DOCKERFILE,
      target,
      ...prefixed("build-arg:", options.buildArgs),
      ...prefixed("label:", options.labels),
      ...Object.fromEntries(
        Object.entries(options.contexts).map(([name, source]) => [
          `context:${name}`,
          source.startsWith("docker-image://") ? source : `local:${localName(name)}`,
        ]),
      ),
      ...(platform ? { platform } : {}),
      // Empty stands for every stage.
      ...(noCache
        ? { "no-cache": "" }
        : noCacheStages.length > 0
          ? { "no-cache": noCacheStages.join() }
          : {}),
      ...(pull ? { "image-resolve-mode": "pull" } : {}),
      ...(network === "default" ? {} : { "force-network-mode": network }),
      ...(hosts.length > 0 ? { "add-hosts": hosts.join() } : {}),
      ...(ulimits.length > 0 ? { ulimit: ulimits.join() } : {}),
      ...(imports.length > 0 ? { "cache-imports": JSON.stringify(imports) } : {}),
      // What a frontend image would be started with. Given already, the engine's own frontend looks for none.
      ...(ignoreSyntax ? { cmdline: "" } : {}),
    };
  }

  /** The same for a stage that was just built: to be taken from the cache even where the build was asked not to. */
  cachedOptions(target: string): Record<string, string> {
    const { "no-cache": _, ...options } = this.frontendOptions(target);
    return options;
  }

  private folder(name: string, source: string): ContextFolder {
    const given = `The named context ${name} is the folder ${source} of the build context`;
    if (this.context === null) {
      throw new UnbuildableError(
        `${given}, and none is attached.`,
        "Attach the build context, then build again.",
      );
    }
    const folder = this.context.folder(source);
    if (folder) return folder;
    throw new UnbuildableError(
      `${given}, where there is no such folder.`,
      "Choose another folder in the build options.",
    );
  }
}

/** What a named context is asked for by: never "context" or "dockerfile", which are asked for too. */
const localName = (name: string) => `named-${name}`;

function prefixed(prefix: string, entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [prefix + name, value]));
}

/** One for each document: the host keeps its context's files and asks only for those that changed. */
export function sharedKey(document: string): string {
  return createHash("sha256").update(`stagecraft:${document}`).digest("hex");
}
