/** What a build's jobs may do on its host beyond the usual, and which caches they write, by its options. */
import type { BuildOptions } from "../events";
import type { CacheExport, JobRights } from "./buildkit/gateway-job";

export function rightsOf(options: BuildOptions): JobRights {
  return { entitlements: entitlementsOf(options), cacheExports: cacheExportsOf(options) };
}

/** A stage that is only weighed writes no cache but the keys in its own image: the target's cache is what was asked for. */
export function weighingRightsOf(options: BuildOptions): JobRights {
  return {
    entitlements: entitlementsOf(options),
    cacheExports: cacheExportsOf(options).filter(({ type }) => type === "inline"),
  };
}

export function entitlementsOf({ network }: BuildOptions): string[] {
  return network === "host" ? ["network.host"] : [];
}

function cacheExportsOf({ cacheInline, cacheTo }: BuildOptions): CacheExport[] {
  const inline: CacheExport[] = cacheInline ? [{ type: "inline", attributes: {} }] : [];
  if (cacheTo === null) return inline;
  return [...inline, { type: "registry", attributes: { ref: cacheTo.image, mode: cacheTo.mode } }];
}
