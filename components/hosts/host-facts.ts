/** A build host's facts, as the pill and the list of hosts show them. */
import { formatBytes } from "@/lib/build/format";
import type { HostView, KnownHost } from "@/lib/share/hosts";

/** 28.5.2+dfsg3 is 28.5 to a person. */
export function shortVersion(engine: string): string {
  return /^\d+\.\d+/.exec(engine)?.[0] ?? engine;
}

/** Pairs of a term and what it is. */
export function hostFacts(host: Extract<HostView, { state: "ready" }>): [string, string][] {
  const { heredoc, copyLink, checks, multiPlatform, cacheExport } = host.features;
  return [
    ["Address", host.address],
    ["Engine", host.engine],
    ["Platforms", host.platforms.join(", ")],
    ["Image store", host.store],
    [
      "Disk",
      host.disk
        ? `${formatBytes(host.disk.free)} free of ${formatBytes(host.disk.total)}`
        : "not told by the host",
    ],
    ["Heredocs", heredoc ? "yes" : "no: RUN <<EOF needs Engine 23 or newer"],
    ["COPY --link", copyLink ? "yes" : "no: it needs Engine 23 or newer"],
    ["Build checks", checks ? "yes" : "no: they need Engine 27 or newer"],
    [
      "Several platforms",
      multiPlatform ? "yes" : "no: an image for several needs the containerd image store",
    ],
    ["Cache export", cacheExport ? "yes" : "no: to a registry needs the containerd image store"],
  ];
}

const SOURCES: Record<KnownHost["source"], string> = {
  docker: "as docker itself finds it",
  file: "from the server’s hosts file",
  page: "added on this page",
};

export const sourceWords = (host: KnownHost): string => SOURCES[host.source];
