/** What edges say, in words. */
import type { EdgeModel } from "../models";

/** Longer ones end in an ellipsis; the whole is in the title. */
const MAX_LENGTH = 40;

/** What stands on the edge; null where the line says it all. */
export function pathText(members: readonly EdgeModel[]): string | null {
  const [edge] = members;
  if (!edge) return null;
  if (members.length > 1)
    return edge.kind === "copy" ? `${members.length} copies` : `${members.length} mounts`;
  if (edge.kind === "from") return edge.source.startsWith("image:") ? null : "FROM";
  const destination = edge.destination ?? "";
  const sources = edge.sources.join(" ");
  if (edge.kind === "mount") return shorten(`mount ${destination || sources}`.trim());
  return shorten(sources === destination || sources === "" ? destination : `${sources} → ${destination}`);
}

/** The edge as a sentence, for a title and for those who don't see it. */
export function describeEdge(edge: EdgeModel): string {
  const paths = [...edge.sources, edge.destination].filter(Boolean).join(" ");
  if (edge.kind === "from") return "FROM: its base";
  return edge.kind === "copy" ? `COPY --from ${paths}` : `RUN --mount=from ${paths}`;
}

function shorten(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}
