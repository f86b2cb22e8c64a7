/** What BuildKit's names for vertices tell beyond the plan. */
import type { VertexState } from "./state";

/** "FROM docker.io/library/alpine:3.20@sha256:…", with or without "[builder 1/4] " before it. */
const IMAGE = /^(?:\[[^\]]*\] )?FROM (\S+)$/;

/** The image that a vertex resolves and pulls, as people write it: "alpine:3.20"; null for any other vertex. */
export function imageOf(vertex: Pick<VertexState, "name">): string | null {
  const ref = IMAGE.exec(vertex.name)?.[1];
  return ref === undefined ? null : shortReference(ref);
}

/** Without what every reference has: the default registry, and the digest where a tag says it better. */
export function shortReference(ref: string): string {
  const short = ref.replace(/^docker\.io\/(?:library\/)?/, "");
  return /:[^/@]+@/.test(short)
    ? short.replace(/@.*$/, "")
    : short.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1");
}

/** "RUN go build", without "[builder 2/4] " before it. */
export function stepName(vertex: Pick<VertexState, "name" | "digest">): string {
  return vertex.name.replace(/^\[[^\]]*\] /, "") || vertex.digest.replace(/^sha256:/, "").slice(0, 12);
}

export type InternalKind = "context" | "prepare" | "export";

/** What a vertex that belongs to no instruction does: sends files, reads what it must know, or stores the result. */
export function internalKind(vertex: Pick<VertexState, "name">): InternalKind {
  if (/^\[internal\] load build context|^\[context /.test(vertex.name)) return "context";
  return /^(?:exporting|pushing|sending|naming|writing|unpacking|weighing)\b/i.test(vertex.name)
    ? "export"
    : "prepare";
}

/** The image that a FROM stands for, with its digest, as the host resolved it; null where there is none: "docker.io/library/alpine:3.20@sha256:…". */
export function baseImage(
  vertices: Readonly<Record<string, { name: string }>>,
  from: { vertices: readonly string[] } | undefined,
): string | null {
  for (const digest of from?.vertices ?? []) {
    const vertex = vertices[digest];
    if (vertex && imageOf(vertex) !== null) return vertex.name.replace(/^.*\bFROM /, "");
  }
  return null;
}
