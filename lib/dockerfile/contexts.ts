import { imageNameProblem, parseImageReference } from "./image";
import { formatPlatform, type Platform, parsePlatform } from "./platform";

/** What a build takes in place of a stage or an image: `--build-context name=source`. */
export interface NamedContext {
  /** as the builder looks for it: `alpine`, not `docker.io/library/alpine:latest`; with a platform `alpine::linux/arm64` */
  name: string;
  /** as it was given */
  source: string;
  /** `target` is another target of a bake file; `input` is what a frontend was handed */
  kind: "image" | "scratch" | "ociLayout" | "target" | "input" | "remote" | "local";
  /** of an image, without `docker-image://`; else null */
  ref: string | null;
}

const IMAGE = "docker-image://";
const PLATFORM_MARK = "::";
const REMOTE = /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/)/;

/** Sources by name as given on a command line, in order; a later one of the same name counts. */
export type GivenContexts = ReadonlyMap<string, string>;

export class NamedContexts {
  readonly #byName = new Map<string, NamedContext>();
  /** BuildKit's words for the first that it would not take */
  readonly error: string | null = null;

  /** Names are read as buildx does (util/buildflags/context.go); a platform behind `::` as dockerui writes it. */
  constructor(given: GivenContexts = new Map()) {
    for (const [written, source] of given) {
      const mark = written.indexOf(PLATFORM_MARK);
      const name = familiarName(mark === -1 ? written : written.slice(0, mark));
      if (name === null) this.error ??= invalidContextName(written);
      else {
        const full = mark === -1 ? name : name + PLATFORM_MARK + evenPlatform(written.slice(mark + 2));
        this.#byName.set(full, readContext(full, source));
      }
    }
  }

  get all(): NamedContext[] {
    return [...this.#byName.values()];
  }

  /** The one for a stage of that name, or null. No context takes the place of a stage called scratch or context. */
  forStage(name: string, platform: Platform): NamedContext | null {
    return /^(?:scratch|context)$/i.test(name) ? null : this.forImage(name, platform);
  }

  /** The one for an image, or null; one for the very platform goes first (dockerui/config.go, NamedContext). */
  forImage(name: string, platform: Platform): NamedContext | null {
    if (this.#byName.size === 0) return null;
    const familiar = familiarName(name);
    if (familiar === null) return null;
    const exact = this.#byName.get(familiar + PLATFORM_MARK + formatPlatform(platform));
    return exact ?? this.#byName.get(familiar) ?? null;
  }
}

function readContext(name: string, source: string): NamedContext {
  if (source.startsWith(IMAGE)) {
    const ref = source.slice(IMAGE.length);
    return ref === "scratch"
      ? { name, source, kind: "scratch", ref: null }
      : { name, source, kind: "image", ref };
  }
  const kind = source.startsWith("target:")
    ? "target"
    : source.startsWith("input:")
      ? "input"
      : source.startsWith("oci-layout://")
        ? "ociLayout"
        : REMOTE.test(source)
          ? "remote"
          : "local";
  return { name, source, kind, ref: null };
}

/** The short form of an image's name, without `:latest`; null where it is no name (reference.FamiliarString). */
export function familiarName(text: string): string | null {
  const image = parseImageReference(text);
  if (image === null) return null;
  const { domain, path, tag, digest } = image;
  const official = /^library\/([^/]+)$/.exec(path);
  let name = domain === "docker.io" ? (official?.[1] ?? path) : domain === "" ? path : `${domain}/${path}`;
  if (tag !== null) name += `:${tag}`;
  if (digest !== null) name += `@${digest}`;
  return name.endsWith(":latest") ? name.slice(0, -":latest".length) : name;
}

/** What BuildKit says of a stage or a context whose name is no name of an image. */
export function invalidContextName(name: string): string {
  return `invalid context name ${name}: ${imageNameProblem(name)}`;
}

function evenPlatform(text: string): string {
  const platform = parsePlatform(text, { os: "linux", architecture: "amd64", variant: "", osVersion: "" });
  return "error" in platform ? text : formatPlatform(platform);
}
