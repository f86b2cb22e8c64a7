/** Tags and sizes of images, from the registries themselves. What was asked a moment ago is not asked again. */
import { z } from "zod";
import { parseImageReference } from "../../../dockerfile";
import type { TagList } from "../../../share/answers";
import { Refusal } from "../../../share/refusal";
import { hubSizes } from "./hub";
import { registryProblem } from "./problem";
import { RegistrySession } from "./session";
import { compressedSize } from "./sizes";
import { pickTags } from "./tags";

export interface Registries {
  /**
   * Tags of an image's repository that fit `wish`, with what each weighs on the wire. Throws a Refusal with words for a
   * person where the registry cannot be asked.
   *
   * @param image a reference as in FROM; its own tag counts for nothing
   */
  tags(image: string, wish: string, platform: string): Promise<TagList>;
}

interface Setup {
  /** Registries, as `host` or `host:port`, that may have a private address. */
  privateRegistries: readonly string[];
  /** Where Docker Hub is, for tests. */
  dockerHub?: { registry: string; api: string };
  now(): number;
}

/** Of one answer; the rest is found by typing on. */
const MAX_TAGS = 30;
/** Of a repository; at 1,000 a page. */
const MAX_PAGES = 10;
const TIMEOUT_MS = 8_000;
/** Sizes that are not there by then are left out. */
const SIZES_MS = 4_000;
const KEEP_MS = 5 * 60_000;
const MAX_KEPT = 500;
/** A size costs two requests, except at Docker Hub. */
const MAX_SIZES = 12;
const DOCKER_HUB = { registry: "registry-1.docker.io", api: "https://hub.docker.com" };

const pageSchema = z.object({ tags: z.array(z.string()).nullable() });
const TAG = /^\w[\w.-]{0,127}$/;

export function createRegistries({ privateRegistries, now, dockerHub = DOCKER_HUB }: Setup): Registries {
  const trusted = (host: string) => privateRegistries.includes(host.toLowerCase());
  const lists = new Kept<string[]>(now);
  const sizes = new Kept<number | null>(now);
  const hubLists = new Kept<ReadonlyMap<string, number>>(now);

  return {
    async tags(image, wish, platform) {
      const reference = parseImageReference(image);
      if (reference === null || reference.domain === "") {
        throw new Refusal("invalid", "bad-image", `“${image.slice(0, 200)}” is no image reference.`);
      }
      const { domain, path } = reference;
      const onHub = domain === "docker.io";
      const host = onHub ? dockerHub.registry : domain;
      const session = (ms: number) => new RegistrySession(host, trusted, AbortSignal.timeout(ms));
      let all: string[];
      try {
        all = await lists.get(`${host}/${path}`, () => listTags(session(TIMEOUT_MS), path));
      } catch (error) {
        throw registryProblem(error, domain, path);
      }
      const asking = session(SIZES_MS);
      const hub = onHub
        ? await hubLists
            .get(`${path} ${wish} ${platform}`, () => hubSizes(dockerHub.api, path, wish, platform, trusted))
            .catch(() => null)
        : null;
      const sizeOf = (tag: string, nth: number): Promise<number | null> => {
        if (onHub || nth >= MAX_SIZES) return Promise.resolve(hub?.get(tag) ?? null);
        const key = `${host}/${path}:${tag} ${platform}`;
        return sizes.get(key, () => compressedSize(asking, path, tag, platform)).catch(() => null);
      };
      const tags = await Promise.all(
        pickTags(all, wish, MAX_TAGS).map(async (tag, nth) => ({ tag, bytes: await sizeOf(tag, nth) })),
      );
      return { registry: domain, repository: path, total: all.length, tags };
    },
  };
}

/** All of them, page by page (distribution's spec, "Listing Image Tags"). */
async function listTags(session: RegistrySession, repository: string): Promise<string[]> {
  const found: string[] = [];
  let path: string | null = `/v2/${repository}/tags/list?n=1000`;
  for (let page = 0; path !== null && page < MAX_PAGES; page++) {
    const { status, headers, body } = await session.get(path, "application/json");
    if (status !== 200) throw new StatusError(status);
    found.push(...(pageSchema.parse(JSON.parse(body)).tags ?? []));
    const next = /<([^>]+)>\s*;\s*rel="?next"?/i.exec(String(headers.link ?? ""))?.[1];
    const url = next === undefined ? null : new URL(next, `https://${session.host}`);
    // The next page is another part of the same list, whatever host the answer names.
    path = url?.pathname.startsWith("/v2/") ? url.pathname + url.search : null;
  }
  return found.filter((tag) => TAG.test(tag));
}

export class StatusError extends Error {
  readonly code = "STATUS";
  constructor(readonly status: number) {
    super(`HTTP ${status}`);
  }
}

/** What was found out, for a while; a failure is forgotten at once. */
class Kept<T> {
  private readonly entries = new Map<string, { value: Promise<T>; until: number }>();

  constructor(private readonly now: () => number) {}

  get(key: string, find: () => Promise<T>): Promise<T> {
    const known = this.entries.get(key);
    if (known && known.until > this.now()) return known.value;
    const value = find();
    this.entries.delete(key);
    this.entries.set(key, { value, until: this.now() + KEEP_MS });
    const oldest = this.entries.keys().next();
    if (this.entries.size > MAX_KEPT && !oldest.done) this.entries.delete(oldest.value);
    value.catch(() => this.entries.get(key)?.value === value && this.entries.delete(key));
    return value;
  }
}
