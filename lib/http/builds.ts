/** Which builds a visitor may look at: those of documents of one's own, and of documents one holds a link to. */
import type { BuildDetail } from "../share/answers";
import { Refusal } from "../share/refusal";
import type { Call } from "./route";

export async function ownBuild({ params, services, visitor }: Call<{ id: string }>): Promise<BuildDetail> {
  const build = await services.builds.get(params.id);
  await services.documents.own(build.documentId, visitor).catch((error) => {
    throw error instanceof Error && error.name === "Refusal" ? unknownBuild() : error;
  });
  return build;
}

export async function sharedBuild({
  params,
  services,
}: Call<{ token: string; id: string }>): Promise<BuildDetail> {
  const documentId = await services.documents.shared(params.token);
  const build = await services.builds.get(params.id);
  if (build.documentId !== documentId) throw unknownBuild();
  return build;
}

function unknownBuild(): Refusal {
  return new Refusal(
    "notFound",
    "unknown-build",
    "There is no such build here.",
    "Choose one from the history.",
  );
}
